package dev.sockets.metrics;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the observations of messages say. One that is a bean replaces the default.
 */
public interface SocketObservationConvention extends ObservationConvention<Observation.Context> {

	/**
	 * Returns the name of a message's span.
	 * @param context the message
	 * @return the name; {@code null} for that of the observation
	 */
	default @Nullable String getContextualName(SocketObservationContext context) {
		return null;
	}

	/**
	 * Returns what meters and spans say.
	 * @param context the message
	 * @return names and values, of which there are few
	 */
	default KeyValues getLowCardinalityKeyValues(SocketObservationContext context) {
		return KeyValues.empty();
	}

	/**
	 * Returns what only spans say.
	 * @param context the message
	 * @return names and values
	 */
	default KeyValues getHighCardinalityKeyValues(SocketObservationContext context) {
		return KeyValues.empty();
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SocketObservationContext;
	}

	@Override
	default @Nullable String getContextualName(Observation.Context context) {
		return (context instanceof SocketObservationContext message) ? getContextualName(message) : null;
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(Observation.Context context) {
		return (context instanceof SocketObservationContext message) ? getLowCardinalityKeyValues(message)
				: KeyValues.empty();
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(Observation.Context context) {
		return (context instanceof SocketObservationContext message) ? getHighCardinalityKeyValues(message)
				: KeyValues.empty();
	}

}

package dev.sockets.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Decides what the observations of messages say. One that is a bean replaces the default.
 */
public interface SocketObservationConvention extends ObservationConvention<SocketObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SocketObservationContext;
	}

}

package dev.sockets.metrics;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.MessageObserver;

/**
 * Makes an observation of each message. What a handler does is done in the scope of its
 * message's.
 */
public final class ObservingMessages implements MessageObserver {

	private static final SocketObservationConvention DEFAULT = new DefaultSocketObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable SocketObservationConvention convention;

	/**
	 * Creates an observer.
	 * @param registry who is told of observations
	 * @param convention what they say; {@code null} for the default
	 */
	public ObservingMessages(ObservationRegistry registry, @Nullable SocketObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Observed receiving(Connection connection, Object payload) {
		return handling(Kind.CONSUMER, connection, payload);
	}

	@Override
	public Observed serving(Connection connection, Object payload) {
		return handling(Kind.SERVER, connection, payload);
	}

	private Observed handling(Kind kind, Connection connection, Object payload) {
		Observation.Scope before = this.registry.getCurrentObservationScope();
		Observation observation = start(SocketObservation.RECEIVE,
				() -> new ReceivedMessageContext(kind, connection, payload));
		Observation.Scope scope = open(observation, before);
		return (failure) -> {
			try {
				scope.close();
			}
			finally {
				this.registry.setCurrentObservationScope(before);
				end(observation, failure);
			}
		};
	}

	@Override
	public Observed sending(Connection connection, Object payload) {
		Observation observation = start(SocketObservation.SEND,
				() -> new SentMessageContext(SocketObservation.SEND, Kind.PRODUCER, connection, payload));
		return (failure) -> end(observation, failure);
	}

	@Override
	public Observed requesting(Connection connection, Object payload) {
		Observation observation = start(SocketObservation.REQUEST,
				() -> new SentMessageContext(SocketObservation.REQUEST, Kind.CLIENT, connection, payload));
		return (failure) -> end(observation, failure);
	}

	private Observation start(SocketObservation observation, Supplier<Observation.Context> context) {
		return observation.start(this.convention, DEFAULT, context, this.registry);
	}

	/** Handlers of observations that throw leave no scope to the messages to come. */
	private Observation.Scope open(Observation observation, Observation.@Nullable Scope before) {
		try {
			return observation.openScope();
		}
		catch (Throwable ex) {
			this.registry.setCurrentObservationScope(before);
			end(observation, ex);
			throw ex;
		}
	}

	private static void end(Observation observation, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				observation.error(failure);
			}
		}
		finally {
			observation.stop();
		}
	}

}

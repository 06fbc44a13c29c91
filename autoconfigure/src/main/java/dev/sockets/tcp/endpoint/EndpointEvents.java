package dev.sockets.tcp.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

import dev.sockets.EventKind;
import dev.sockets.Failure;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;

/**
 * Publishes the events of one endpoint: those that the configuration wants and anybody
 * listens to.
 */
final class EndpointEvents {

	private static final Log logger = LogFactory.getLog(EndpointEvents.class);

	private final SocketEndpoint endpoint;

	private final ApplicationContext context;

	private final EventInterest interest;

	private final Clock clock;

	private final boolean received;

	private final boolean sent;

	private final boolean sendFailed;

	private final boolean error;

	private final Set<EventKind> kinds;

	private volatile @Nullable Failure lastFailure;

	EndpointEvents(SocketEndpoint endpoint, Set<EventKind> kinds, ApplicationContext context, EventInterest interest,
			Clock clock) {
		this.endpoint = endpoint;
		this.kinds = kinds;
		this.context = context;
		this.interest = interest;
		this.clock = clock;
		this.received = kinds.contains(EventKind.RECEIVED);
		this.sent = kinds.contains(EventKind.SENT);
		this.sendFailed = kinds.contains(EventKind.SEND_FAILED);
		this.error = kinds.contains(EventKind.ERROR);
	}

	SocketEndpoint endpoint() {
		return this.endpoint;
	}

	@Nullable Failure lastFailure() {
		return this.lastFailure;
	}

	/**
	 * Publishes an event that is rare; what its listeners throw is logged.
	 * @param kind its kind
	 * @param event makes the event
	 */
	void publish(EventKind kind, Supplier<SocketEvent> event) {
		if (this.kinds.contains(kind)) {
			try {
				this.context.publishEvent(event.get());
			}
			catch (Throwable ex) {
				logger.error("A listener of '" + this.endpoint.getName() + "' failed on its " + kind + " event", ex);
			}
		}
	}

	/**
	 * Publishes that a message was received.
	 * @param connection its connection
	 * @param payload its payload
	 * @throws RuntimeException what a listener throws
	 */
	void received(DefaultConnection connection, Object payload) {
		if (this.received && this.interest.in(MessageReceivedEvent.class, this.clock.millis())) {
			this.context.publishEvent(new MessageReceivedEvent<>(this.endpoint, connection, payload, this.clock));
		}
	}

	/**
	 * Returns whether anybody wants to know how each send ends.
	 * @return whether somebody listens
	 */
	boolean observesSends() {
		return (this.sent && this.interest.in(MessageSentEvent.class, this.clock.millis()))
				|| (this.sendFailed && this.interest.in(SendFailedEvent.class, this.clock.millis()));
	}

	void sent(DefaultConnection connection, Object payload) {
		publish(EventKind.SENT, () -> new MessageSentEvent<>(this.endpoint, connection, payload));
	}

	void sendFailed(DefaultConnection connection, Object payload, SocketOperationException cause) {
		publish(EventKind.SEND_FAILED, () -> new SendFailedEvent<>(this.endpoint, connection, payload, cause));
	}

	void messageFailed(DefaultConnection connection, SocketOperationException cause, String firstBytes) {
		failed(cause.getCode(), cause);
		if (this.error && this.interest.in(MessageErrorEvent.class, this.clock.millis())) {
			publish(EventKind.ERROR, () -> new MessageErrorEvent(this.endpoint, connection, cause, firstBytes));
		}
		else {
			logger.warn(connection + ": " + cause.getMessage(), cause.getCause());
		}
	}

	void failed(SocketErrorCode code, Throwable cause) {
		this.lastFailure = new Failure(Instant.now(), code, String.valueOf(cause.getMessage()), cause.getCause());
	}

}

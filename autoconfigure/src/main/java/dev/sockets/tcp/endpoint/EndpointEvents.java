package dev.sockets.tcp.endpoint;

import java.time.Clock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.endpoint.BoundedInbox;
import dev.sockets.endpoint.EventInterest;
import dev.sockets.endpoint.EventPublisher;
import dev.sockets.endpoint.Failures;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.loop.EventLoop;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.MessageObserver;

/**
 * Publishes the events of one endpoint: those that the configuration wants and anybody
 * listens to.
 */
final class EndpointEvents {

	private static final Log logger = LogFactory.getLog(EndpointEvents.class);

	private final SocketEndpoint endpoint;

	private final EventPublisher publisher;

	private final Clock clock;

	private final MessageObserver observer;

	private final Failures failures = new Failures();

	EndpointEvents(SocketEndpoint endpoint, ConnectionSettings settings, ApplicationContext context,
			EventInterest interest, Clock clock, MessageObserver observer) {
		this.endpoint = endpoint;
		BoundedInbox inbox = (settings.inboxCapacity() > 0)
				? new BoundedInbox(settings.inboxCapacity(), settings.inboxOverflow()) : null;
		this.publisher = new EventPublisher(endpoint, settings.events(), inbox, EventLoop::mayWait, context, interest);
		this.clock = clock;
		this.observer = observer;
	}

	MessageObserver observer() {
		return this.observer;
	}

	SocketEndpoint endpoint() {
		return this.endpoint;
	}

	Failures failures() {
		return this.failures;
	}

	/**
	 * Returns the inbox.
	 * @return the inbox
	 * @throws IllegalStateException when there is none
	 */
	BoundedInbox inbox() {
		return this.publisher.inbox();
	}

	@Nullable Integer inboxSize() {
		return this.publisher.inboxSize();
	}

	/**
	 * The endpoint starts or stops: says whether an event may wait for room in the inbox.
	 * @param running whether it runs
	 */
	void running(boolean running) {
		this.publisher.running(running);
	}

	/**
	 * Publishes an event that is rare; what its listeners throw is logged.
	 * @param kind its kind
	 * @param event makes the event
	 */
	void publish(EventKind kind, Supplier<SocketEvent> event) {
		this.publisher.publish(kind, event);
	}

	/**
	 * Publishes that a message was received.
	 * @param connection its connection
	 * @param payload its payload
	 * @throws RuntimeException what a listener throws
	 */
	void received(DefaultConnection connection, Object payload) {
		if (this.publisher.isWanted(EventKind.RECEIVED, MessageReceivedEvent.class)) {
			this.publisher.publishWanted(EventKind.RECEIVED,
					new MessageReceivedEvent<>(this.endpoint, connection, payload, this.clock));
		}
	}

	/**
	 * Returns whether anybody wants to know how each send ends.
	 * @return whether somebody listens
	 */
	boolean observesSends() {
		return this.observer != MessageObserver.NONE || this.publisher.isWanted(EventKind.SENT, MessageSentEvent.class)
				|| this.publisher.isWanted(EventKind.SEND_FAILED, SendFailedEvent.class);
	}

	void sent(DefaultConnection connection, Object payload) {
		publish(EventKind.SENT, () -> new MessageSentEvent<>(this.endpoint, connection, payload));
	}

	void sendFailed(DefaultConnection connection, Object payload, SocketOperationException cause) {
		publish(EventKind.SEND_FAILED, () -> new SendFailedEvent<>(this.endpoint, connection, payload, cause));
	}

	void messageFailed(DefaultConnection connection, SocketOperationException cause, String firstBytes) {
		failed(cause.getCode(), cause);
		if (this.publisher.isWanted(EventKind.ERROR, MessageErrorEvent.class)) {
			publish(EventKind.ERROR, () -> new MessageErrorEvent(this.endpoint, connection, cause, firstBytes));
		}
		else {
			logger.warn(connection + ": " + cause.getMessage(), cause.getCause());
		}
	}

	void failed(SocketErrorCode code, Throwable cause) {
		this.failures.add(code, cause);
	}

}

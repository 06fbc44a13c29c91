package dev.sockets.tcp.endpoint;

import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.loop.EventLoop;
import dev.sockets.tcp.ConnectionSettings;

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

	private final Failures failures = new Failures();

	private final @Nullable BoundedInbox inbox;

	EndpointEvents(SocketEndpoint endpoint, ConnectionSettings settings, ApplicationContext context,
			EventInterest interest, Clock clock) {
		Set<EventKind> kinds = settings.events();
		this.endpoint = endpoint;
		this.kinds = kinds;
		this.inbox = (settings.inboxCapacity() > 0)
				? new BoundedInbox(settings.inboxCapacity(), settings.inboxOverflow()) : null;
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

	Failures failures() {
		return this.failures;
	}

	/**
	 * Returns the inbox.
	 * @return the inbox
	 * @throws IllegalStateException when there is none
	 */
	BoundedInbox inbox() {
		if (this.inbox == null) {
			throw new IllegalStateException("'" + this.endpoint.getName()
					+ "' has no inbox; set inbox.capacity to the number of events to keep");
		}
		return this.inbox;
	}

	@Nullable Integer inboxSize() {
		return (this.inbox != null) ? this.inbox.size() : null;
	}

	/**
	 * The endpoint starts or stops: says whether an event may wait for room in the inbox.
	 * @param running whether it runs
	 */
	void running(boolean running) {
		if (this.inbox != null) {
			this.inbox.open(running);
		}
	}

	/**
	 * Publishes an event that is rare; what its listeners throw is logged.
	 * @param kind its kind
	 * @param event makes the event
	 */
	void publish(EventKind kind, Supplier<SocketEvent> event) {
		if (this.kinds.contains(kind)) {
			try {
				SocketEvent made = event.get();
				keep(kind, made);
				this.context.publishEvent(made);
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
		if (this.received && isWanted(MessageReceivedEvent.class)) {
			MessageReceivedEvent<Object> event = new MessageReceivedEvent<>(this.endpoint, connection, payload,
					this.clock);
			keep(EventKind.RECEIVED, event);
			this.context.publishEvent(event);
		}
	}

	/**
	 * Returns whether anybody wants to know how each send ends.
	 * @return whether somebody listens
	 */
	boolean observesSends() {
		return (this.sent && isWanted(MessageSentEvent.class)) || (this.sendFailed && isWanted(SendFailedEvent.class));
	}

	void sent(DefaultConnection connection, Object payload) {
		publish(EventKind.SENT, () -> new MessageSentEvent<>(this.endpoint, connection, payload));
	}

	void sendFailed(DefaultConnection connection, Object payload, SocketOperationException cause) {
		publish(EventKind.SEND_FAILED, () -> new SendFailedEvent<>(this.endpoint, connection, payload, cause));
	}

	void messageFailed(DefaultConnection connection, SocketOperationException cause, String firstBytes) {
		failed(cause.getCode(), cause);
		if (this.error && isWanted(MessageErrorEvent.class)) {
			publish(EventKind.ERROR, () -> new MessageErrorEvent(this.endpoint, connection, cause, firstBytes));
		}
		else {
			logger.warn(connection + ": " + cause.getMessage(), cause.getCause());
		}
	}

	void failed(SocketErrorCode code, Throwable cause) {
		this.failures.add(code, cause);
	}

	private boolean isWanted(Class<? extends SocketEvent> type) {
		return this.inbox != null || this.interest.in(type);
	}

	private void keep(EventKind kind, SocketEvent event) {
		if (this.inbox == null) {
			return;
		}
		if (kind == EventKind.SENT || kind == EventKind.SEND_FAILED) {
			this.inbox.addSend(event);
		}
		else {
			this.inbox.add(event, EventLoop.mayWait());
		}
	}

}

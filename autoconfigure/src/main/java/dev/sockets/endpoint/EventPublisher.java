package dev.sockets.endpoint;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.event.SocketEvent;

/**
 * Publishes the events of one endpoint that its configuration wants, and keeps them in
 * its inbox when it has one.
 */
public final class EventPublisher {

	private static final Log logger = LogFactory.getLog(EventPublisher.class);

	private final SocketEndpoint endpoint;

	private final Set<EventKind> kinds;

	private final @Nullable BoundedInbox inbox;

	private final BooleanSupplier mayWait;

	private final ApplicationContext context;

	private final EventInterest interest;

	/**
	 * Creates a publisher.
	 * @param endpoint the endpoint
	 * @param kinds the events that are published
	 * @param inbox keeps them too; {@code null} for none
	 * @param mayWait whether the calling thread may wait for room in the inbox
	 * @param context where they are published
	 * @param interest knows who listens there
	 */
	public EventPublisher(SocketEndpoint endpoint, Set<EventKind> kinds, @Nullable BoundedInbox inbox,
			BooleanSupplier mayWait, ApplicationContext context, EventInterest interest) {
		this.endpoint = endpoint;
		this.kinds = kinds;
		this.inbox = inbox;
		this.mayWait = mayWait;
		this.context = context;
		this.interest = interest;
	}

	/**
	 * Returns the inbox.
	 * @return the inbox
	 * @throws IllegalStateException when there is none
	 */
	public BoundedInbox inbox() {
		if (this.inbox == null) {
			throw new IllegalStateException("'" + this.endpoint.getName()
					+ "' has no inbox; set inbox.capacity to the number of events to keep");
		}
		return this.inbox;
	}

	/**
	 * Returns how many events wait in the inbox.
	 * @return the number; {@code null} without an inbox
	 */
	public @Nullable Integer inboxSize() {
		return (this.inbox != null) ? this.inbox.size() : null;
	}

	/**
	 * The endpoint starts or stops: says whether an event may wait for room in the inbox.
	 * @param running whether it runs
	 */
	public void running(boolean running) {
		if (this.inbox != null) {
			this.inbox.open(running);
		}
	}

	/**
	 * Returns whether a kind of event is to be published, and anybody takes it.
	 * @param kind the kind
	 * @param type its class
	 * @return whether it is worth making one
	 */
	public boolean isWanted(EventKind kind, Class<? extends SocketEvent> type) {
		return this.kinds.contains(kind) && (this.inbox != null || this.interest.in(type));
	}

	/**
	 * Publishes an event that is rare; what its listeners throw is logged.
	 * @param kind its kind
	 * @param event makes the event
	 */
	public void publish(EventKind kind, Supplier<? extends SocketEvent> event) {
		if (this.kinds.contains(kind)) {
			try {
				publishWanted(kind, event.get());
			}
			catch (Throwable ex) {
				logger.error("A listener of '" + this.endpoint.getName() + "' failed on its " + kind + " event", ex);
			}
		}
	}

	/**
	 * Publishes an event that is known to be wanted.
	 * @param kind its kind
	 * @param event the event
	 * @throws RuntimeException what a listener throws
	 */
	public void publishWanted(EventKind kind, SocketEvent event) {
		keep(kind, event);
		this.context.publishEvent(event);
	}

	private void keep(EventKind kind, SocketEvent event) {
		if (this.inbox == null) {
			return;
		}
		if (kind == EventKind.SENT || kind == EventKind.SEND_FAILED) {
			this.inbox.addSend(event);
		}
		else {
			this.inbox.add(event, this.mayWait.getAsBoolean());
		}
	}

}

package dev.sockets.runtime;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.event.SocketEvent;

/**
 * Keeps the events of one endpoint for those who poll them, where that is wanted. Fed by
 * whoever publishes them.
 */
final class EventInbox {

	private final @Nullable BoundedInbox events;

	private final BooleanSupplier mayWait;

	/**
	 * Creates an inbox.
	 * @param events where they are kept; {@code null} when that is not wanted
	 * @param mayWait whether the calling thread may wait for room
	 */
	EventInbox(@Nullable BoundedInbox events, BooleanSupplier mayWait) {
		this.events = events;
		this.mayWait = mayWait;
	}

	boolean isThere() {
		return this.events != null;
	}

	/**
	 * Returns where events are kept.
	 * @param endpoint the endpoint's name
	 * @return always the same object
	 * @throws IllegalStateException when that is not wanted
	 */
	BoundedInbox require(String endpoint) {
		if (this.events == null) {
			throw new IllegalStateException(
					"'" + endpoint + "' has no inbox; set inbox.capacity to the number of events to keep");
		}
		return this.events;
	}

	/**
	 * Returns how many events wait.
	 * @return the number; {@code null} when none are kept
	 */
	@Nullable Integer size() {
		return (this.events != null) ? this.events.size() : null;
	}

	/**
	 * The endpoint starts or stops: says whether an event may wait for room.
	 * @param running whether it runs
	 */
	void running(boolean running) {
		if (this.events != null) {
			this.events.open(running);
		}
	}

	/**
	 * Keeps an event. What senders are told neither waits nor makes others wait.
	 * @param kind its kind
	 * @param event the event
	 * @param received how many received bytes it holds
	 */
	void keep(EventKind kind, SocketEvent event, long received) {
		if (this.events == null) {
			return;
		}
		if (kind == EventKind.SENT || kind == EventKind.SEND_FAILED) {
			this.events.addSend(event);
		}
		else {
			this.events.add(event, received, this.mayWait.getAsBoolean());
		}
	}

}

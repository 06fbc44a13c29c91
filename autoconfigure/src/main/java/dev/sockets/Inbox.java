package dev.sockets;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.SocketEvent;

/**
 * The events of an endpoint, kept for those who rather ask than listen. Usable from any
 * thread.
 */
public interface Inbox {

	/**
	 * Takes the event that has waited longest.
	 * @return the event, or {@code null} when there is none
	 */
	@Nullable SocketEvent poll();

	/**
	 * Takes the event that has waited longest, and waits for one if there is none.
	 * @param timeout how long to wait at most
	 * @return the event, or {@code null} when there was none in that time, or the calling
	 * thread was interrupted
	 */
	@Nullable SocketEvent poll(Duration timeout);

	/**
	 * Takes all events.
	 * @return the events in their order
	 */
	List<SocketEvent> drain();

	/**
	 * Returns how many events wait.
	 * @return the number of events
	 */
	int size();

	/**
	 * Drops all events.
	 */
	void clear();

}

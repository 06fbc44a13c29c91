package dev.sockets.loop;

/**
 * The event loops of an application, shared by its endpoints.
 */
public final class EventLoopGroup {

	/**
	 * Creates loops; they have no threads until they are used.
	 * @param size how many loops, at least one
	 */
	public EventLoopGroup(int size) {
	}

}

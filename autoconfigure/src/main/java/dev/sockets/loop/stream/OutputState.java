package dev.sockets.loop.stream;

/**
 * How the way out of a channel is; changed with its write lock held:
 *
 * <pre>
 * READY --socket full---------> FULL    the loop is to go on when it takes bytes again
 * FULL --writable, loop-------> READY
 * READY, FULL --write failed--> BROKEN  what waits is to be failed without the lock
 * any --close-----------------> CLOSED  nothing more is taken; what waits is failed
 * </pre>
 */
enum OutputState {

	READY, FULL, BROKEN, CLOSED;

	/**
	 * Returns whether nothing will be written any more.
	 * @return whether it is broken or closed
	 */
	boolean isOver() {
		return this == BROKEN || this == CLOSED;
	}

}

package dev.sockets.loop.stream;

/**
 * How the way out of a channel is; changed with its write lock held:
 *
 * <pre>
 * READY --socket full---------> FULL    the loop is to go on when it takes bytes again
 * FULL --writable, loop-------> READY
 * READY --mark reached--------> HELD    what comes next waits until the transport was upgraded
 * HELD --upgraded, loop-------> READY
 * READY --end reached---------> ENDED   the peer was told of the end; what comes next is failed
 * READY, FULL --write failed--> BROKEN  what waits is to be failed without the lock
 * any --close-----------------> CLOSED  nothing more is taken; what waits is failed
 * </pre>
 */
enum OutputState {

	READY, FULL, HELD, ENDED, BROKEN, CLOSED;

	/**
	 * Returns whether nothing will be written any more.
	 * @return whether it is broken or closed
	 */
	boolean isOver() {
		return this == BROKEN || this == CLOSED;
	}

}

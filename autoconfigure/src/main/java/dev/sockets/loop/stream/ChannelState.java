package dev.sockets.loop.stream;

/**
 * How far the life of a channel is:
 *
 * <pre>
 * UNOPENED --open, loop----------> OPEN       connected; the handler is told
 * UNOPENED, OPEN --close, any----> CLOSING    takes nothing more; what waits is written
 * CLOSING --drained, any---------> CLOSED     all is written; the peer is told of the end
 * UNOPENED, OPEN, CLOSING --abort, any--> CLOSED  what waits fails; the socket is closed
 * CLOSED --linger, loop----------> LINGERING  the handler was told; the peer is heard out
 * CLOSED, LINGERING --release, loop--> RELEASED   the socket was given back
 * </pre>
 *
 * <p>
 * Each step is one compare-and-set, so who makes it does what belongs to it, and nobody
 * else does.
 */
enum ChannelState {

	UNOPENED, OPEN, CLOSING, CLOSED, LINGERING, RELEASED;

	/**
	 * Returns whether a channel may go from this state to another.
	 * @param next the other
	 * @return whether the table has that step
	 */
	boolean leadsTo(ChannelState next) {
		return switch (next) {
			case UNOPENED -> false;
			case OPEN -> this == UNOPENED;
			case CLOSING -> this == UNOPENED || this == OPEN;
			case CLOSED -> this == UNOPENED || this == OPEN || this == CLOSING;
			case LINGERING -> this == CLOSED;
			case RELEASED -> this == CLOSED || this == LINGERING;
		};
	}

}

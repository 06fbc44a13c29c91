package dev.sockets.loop.datagram;

import java.util.concurrent.TimeUnit;

/**
 * Finds out whether handlers are too slow for the thread that reads: they take more than
 * 50 microseconds for a datagram while more of them wait in the socket, for some
 * milliseconds. Used by one thread at a time.
 */
final class Slowness {

	/** Handlers that take longer for a datagram, on average, are slow. */
	static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	/** Datagrams that handlers which aren't slow handle in a tick of the watchdog. */
	private static final int FEW = 40;

	/** Ticks after which it is decided. */
	private static final int TICKS = 5;

	private long since;

	private int handled;

	private boolean slow;

	/**
	 * Datagrams were handled.
	 * @param datagrams how many
	 * @param more whether more may wait in the socket
	 * @param tick the tick of the watchdog
	 * @return whether handlers are slow
	 */
	boolean handled(int datagrams, boolean more, long tick) {
		if (!more || this.handled == 0) {
			this.since = tick;
			this.handled = more ? 1 : 0;
			this.slow = false;
			return false;
		}
		this.handled += datagrams;
		long ticks = tick - this.since;
		if (ticks >= TICKS) {
			this.slow = this.handled < ticks * FEW;
			this.since = tick;
			this.handled = 1;
		}
		return this.slow;
	}

}

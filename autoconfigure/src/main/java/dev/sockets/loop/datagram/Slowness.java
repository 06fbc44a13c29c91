package dev.sockets.loop.datagram;

import java.util.concurrent.TimeUnit;

/**
 * Finds out whether handlers are too slow for the thread that reads: they take more than
 * 50 microseconds for a datagram while more of them wait in the socket, in some periods
 * one after the other. One long period tells nothing, as the thread may have had no
 * processor. Used by one thread at a time.
 */
final class Slowness {

	/** Handlers that take longer for a datagram, on average, are slow. */
	static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	/** Datagrams that handlers which aren't slow handle in a tick of the watchdog. */
	private static final int FEW = 40;

	/** Slow periods, each of a tick at least, after which handlers are slow. */
	private static final int PERIODS = 5;

	private boolean begun;

	private long since;

	private int handled;

	private int slow;

	/**
	 * Datagrams were handled.
	 * @param datagrams how many
	 * @param more whether more may wait in the socket
	 * @param tick the tick of the watchdog
	 * @return whether handlers are slow
	 */
	boolean handled(int datagrams, boolean more, long tick) {
		if (!more || !this.begun) {
			this.begun = more;
			begin(tick);
			this.slow = 0;
			return false;
		}
		this.handled += datagrams;
		long ticks = tick - this.since;
		if (ticks > 0) {
			this.slow = (this.handled < ticks * FEW) ? this.slow + 1 : 0;
			begin(tick);
		}
		return this.slow >= PERIODS;
	}

	private void begin(long tick) {
		this.since = tick;
		this.handled = 0;
	}

}

package dev.sockets.loop.datagram;

/**
 * The time after a runner was late, while handlers have stayed as slow as that: they
 * mostly go on so, and the late runner keeps the turn meanwhile although nothing waits.
 * Guarded by the queue's lock.
 */
final class LatePeriod {

	private static final long LONGEST_NANOS = 1_000_000_000;

	private long since;

	private long handled;

	LatePeriod(long now) {
		this.since = now - LONGEST_NANOS;
	}

	void begin(long now) {
		this.since = now;
		this.handled = 0;
	}

	/** A datagram was taken from the queue to be handled. */
	void handled() {
		this.handled++;
	}

	/**
	 * Returns how long the runner is to keep the turn yet.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return nanoseconds; not positive when it is to give the turn back
	 */
	long left(long now) {
		long passed = now - this.since;
		return (passed > this.handled * Slowness.SLOW_NANOS) ? LONGEST_NANOS - passed : 0;
	}

}

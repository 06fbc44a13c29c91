package dev.sockets.runtime.rpc;

/**
 * How long a handler has taken lately: tells whether an event loop may call it. Told by
 * many threads, so what two of them say at once may count once.
 */
final class Pace {

	private static final long SHORT_NANOS = 50_000;

	private static final long LATE_NANOS = 2_000_000;

	/** How often in a row it has to be short. */
	private static final int OFTEN = 100;

	private static final int LONG_TIME = 1_000;

	private volatile int inRow;

	/**
	 * Returns whether the handler is so short that handing it over would take longer.
	 * @return whether it was each time lately
	 */
	boolean isShort() {
		return this.inRow >= OFTEN;
	}

	/**
	 * The handler has returned.
	 * @param nanos how long it has taken
	 * @param trusted whether it was expected to be short: if it was late then, others
	 * have waited for it, and it is not trusted again soon
	 */
	void took(long nanos, boolean trusted) {
		int before = this.inRow;
		if (trusted && nanos > LATE_NANOS) {
			this.inRow = -LONG_TIME;
		}
		else if (nanos > SHORT_NANOS) {
			this.inRow = Math.min(before, 0);
		}
		else if (before < OFTEN) {
			this.inRow = before + 1;
		}
	}

}

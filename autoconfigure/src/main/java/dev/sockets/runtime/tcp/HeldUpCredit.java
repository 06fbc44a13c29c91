package dev.sockets.runtime.tcp;

import java.util.concurrent.TimeUnit;

/**
 * What peers have to their credit because this side was held up: what they have sent
 * meanwhile comes at once when it goes on, and was no more than their rate allows. The
 * credit is used up within as much time as it is for. Open to all threads.
 */
public final class HeldUpCredit {

	/** The two clocks are apart by some milliseconds at any time. */
	private static final long EXACTNESS = TimeUnit.MILLISECONDS.toNanos(100);

	private boolean begun;

	private long heldUp;

	private long credit;

	private long since;

	/**
	 * Returns the credit.
	 * @param now a reading of {@code System.nanoTime()}
	 * @param standing the same of a clock that stands still while this side is held up
	 * @return how long ago, in nanoseconds, what comes now may have been sent
	 */
	public synchronized long at(long now, long standing) {
		long heldUp = now - standing;
		if (!this.begun) {
			this.begun = true;
			this.heldUp = heldUp;
		}
		long more = heldUp - this.heldUp;
		if (more > EXACTNESS) {
			this.credit = left(now) + more;
			this.since = now;
			this.heldUp = heldUp;
		}
		return left(now);
	}

	private long left(long now) {
		return (this.credit > 0) ? Math.max(0, this.credit - (now - this.since)) : 0;
	}

}

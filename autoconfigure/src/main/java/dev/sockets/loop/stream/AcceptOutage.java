package dev.sockets.loop.stream;

import java.util.concurrent.TimeUnit;

/**
 * How long accepting has failed, and so when to try it again: after pauses that grow to a
 * second. It is over when it was possible to accept for half a second, or for five
 * seconds if the last outage was over only shortly before. Used on the loop only.
 */
final class AcceptOutage {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long SETTLING_AGAIN = TimeUnit.SECONDS.toNanos(5);

	private static final long SHORTLY_BEFORE = TimeUnit.SECONDS.toNanos(10);

	private boolean present;

	private long pause;

	private long settling;

	private long triedAgainAt;

	private long overAt;

	AcceptOutage(long now) {
		this.overAt = now - SHORTLY_BEFORE;
	}

	/**
	 * Accepting has failed.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return whether that is the beginning of an outage
	 */
	boolean failed(long now) {
		this.pause = (this.pause == 0) ? FIRST_PAUSE : Math.min(this.pause * 2, LONGEST_PAUSE);
		if (this.present) {
			return false;
		}
		this.present = true;
		this.settling = (now - this.overAt < SHORTLY_BEFORE) ? SETTLING_AGAIN : SETTLING;
		return true;
	}

	/**
	 * Returns how long to wait before the next try.
	 * @return nanoseconds
	 */
	long pause() {
		return this.pause;
	}

	/** A connection was accepted. */
	void accepted() {
		this.pause = 0;
	}

	/**
	 * Accepting is tried again.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return after how many nanoseconds it may be over
	 */
	long triedAgain(long now) {
		this.triedAgainAt = now;
		return this.settling;
	}

	/**
	 * Ends the outage if there is one that has settled.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return whether it is over now
	 */
	boolean end(long now) {
		if (!this.present || now - this.triedAgainAt < this.settling) {
			return false;
		}
		this.present = false;
		this.overAt = now;
		return true;
	}

}

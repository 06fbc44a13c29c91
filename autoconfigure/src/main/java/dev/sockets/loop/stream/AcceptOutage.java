package dev.sockets.loop.stream;

import java.util.concurrent.TimeUnit;

/**
 * How long accepting has failed, and so when to try it again: after pauses that grow to a
 * second. It is over when it was possible to accept for half a second. Used on the loop
 * only.
 */
final class AcceptOutage {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(500);

	private boolean present;

	private long pause;

	private long triedAgainAt;

	/**
	 * Accepting has failed.
	 * @return whether that is the beginning of an outage
	 */
	boolean failed() {
		this.pause = (this.pause == 0) ? FIRST_PAUSE : Math.min(this.pause * 2, LONGEST_PAUSE);
		if (this.present) {
			return false;
		}
		this.present = true;
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
		return SETTLING;
	}

	/**
	 * Ends the outage if there is one that has settled.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return whether it is over now
	 */
	boolean end(long now) {
		if (!this.present || now - this.triedAgainAt < SETTLING) {
			return false;
		}
		this.present = false;
		return true;
	}

}

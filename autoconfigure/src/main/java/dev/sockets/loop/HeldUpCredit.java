package dev.sockets.loop;

/**
 * What peers have to their credit because a loop was held up: what they have sent
 * meanwhile comes at once when it goes on, and was no more than their rate allows. The
 * credit is used up within as much time as it is for. Given by who runs the loop, open to
 * all threads. What is called {@code now} here is a reading of {@code System.nanoTime()}.
 */
final class HeldUpCredit {

	private volatile long until;

	HeldUpCredit(long now) {
		this.until = now;
	}

	/**
	 * The loop was held up.
	 * @param nanos for how long, until now
	 */
	void add(long nanos, long now) {
		this.until = now + left(now) + nanos;
	}

	/** Returns how long ago, in nanoseconds, what comes now may have been sent. */
	long left(long now) {
		return Math.max(0, this.until - now);
	}

}

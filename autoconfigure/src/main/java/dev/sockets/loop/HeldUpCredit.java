package dev.sockets.loop;

/**
 * What peers have to their credit because this side was held up: what they have sent
 * meanwhile comes at once when it goes on, and was no more than their rate allows. The
 * credit is used up within as much time as it is for. Given by one thread at a time, open
 * to all. What is called {@code now} here is always a reading of the same clock.
 */
public final class HeldUpCredit {

	private volatile long until;

	/** Creates a credit of nothing. */
	public HeldUpCredit(long now) {
		this.until = now;
	}

	/**
	 * This side was held up.
	 * @param nanos for how long, until now
	 * @param now the time
	 */
	public void add(long nanos, long now) {
		this.until = now + left(now) + nanos;
	}

	/** Returns how long ago, in nanoseconds, what comes now may have been sent. */
	public long left(long now) {
		return Math.max(0, this.until - now);
	}

}

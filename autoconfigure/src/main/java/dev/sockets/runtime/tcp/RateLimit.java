package dev.sockets.runtime.tcp;

import dev.sockets.tcp.Rate;

/**
 * A rate as arithmetic: what keeps to it is described by one time, until which everything
 * that has come is paid for. It lies ahead by as much as has come at once, at most by the
 * period of the rate. Starts with the present time. Times are nanoseconds of any clock.
 */
public final class RateLimit {

	private final long period;

	private final double cost;

	public RateLimit(Rate rate) {
		this.period = rate.period().toNanos();
		this.cost = (double) this.period / rate.amount();
	}

	/**
	 * Returns whether one more may come.
	 * @param paid the time until which everything is paid for
	 * @param now the time
	 * @return whether it may
	 */
	public boolean admits(long paid, long now) {
		return delay(paid, now) == 0;
	}

	/**
	 * Returns after how long one more may come.
	 * @param paid the time until which everything is paid for
	 * @param now the time
	 * @return the time in nanoseconds; 0 when it may come now
	 */
	long delay(long paid, long now) {
		return Math.max(0, paid - now - (this.period - (long) this.cost));
	}

	/**
	 * Returns by how much what has come was too much.
	 * @param paid the time until which everything is paid for
	 * @param now the time
	 * @return the time in nanoseconds that it is paid for too long; not positive when it
	 * may have come
	 */
	long excess(long paid, long now) {
		return paid - now - this.period;
	}

	/**
	 * Pays for what has come.
	 * @param paid the time until which everything before it is paid for
	 * @param sent the earliest time at which it may have been sent: now, unless this side
	 * was held up
	 * @param amount how much has come
	 * @return the time until which everything is paid for
	 */
	public long pay(long paid, long sent, long amount) {
		return ((paid - sent > 0) ? paid : sent) + (long) (amount * this.cost);
	}

	/**
	 * Returns whether what has come is of no importance any more.
	 * @param paid the time until which everything is paid for
	 * @param now the time
	 * @return whether it is as if nothing had come
	 */
	public boolean isOver(long paid, long now) {
		return paid - now <= 0;
	}

}

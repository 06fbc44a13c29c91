package dev.sockets.runtime;

import java.util.concurrent.atomic.LongAdder;

import dev.sockets.EndpointStatistics.Timing;

/**
 * Counts how often something was done, and how long that took altogether. Open to all
 * threads.
 */
public final class TimeCounter {

	private final LongAdder count = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	/**
	 * It was done.
	 * @param times how often
	 * @param nanos how long it took altogether
	 */
	public void add(int times, long nanos) {
		this.nanos.add(nanos);
		this.count.add(times);
	}

	/**
	 * Returns the sums.
	 * @return what was counted so far
	 */
	public Timing timing() {
		return new Timing(this.count.sum(), this.nanos.sum());
	}

}

package dev.sockets.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a load has measured.
 *
 * @param messages answers that came while it was measured
 * @param seconds for how long it was measured
 * @param latency nanoseconds from a message to its answer
 * @param fewest answers on the connection that got the fewest
 */
public record LoadResult(long messages, double seconds, Histogram latency, long fewest) {

	private static final double NANOS_PER_MICRO = 1000;

	/**
	 * Returns the rate.
	 * @return answers a second
	 */
	public double rate() {
		return this.messages / this.seconds;
	}

	/**
	 * Returns a percentile of the latency.
	 * @param percentile from 0 to 100
	 * @return microseconds
	 */
	public double micros(double percentile) {
		return this.latency.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
	}

}

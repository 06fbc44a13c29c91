package dev.sockets.benchmarks.load;

import java.time.Duration;

/**
 * How long a load runs.
 *
 * @param warmUp before it is measured
 * @param measured while it is measured
 */
public record Period(Duration warmUp, Duration measured) {

	private static final Duration WARM = Duration.ofMillis(500);

	/**
	 * Returns the period for a server that has had such a load already.
	 * @return the same with half a second to warm up, at most
	 */
	public Period ofWarmServer() {
		return (this.warmUp.compareTo(WARM) > 0) ? new Period(WARM, this.measured) : this;
	}

}

package dev.sockets.benchmarks.load;

import java.time.Duration;

/**
 * How long a load runs.
 *
 * @param warmUp before it is measured
 * @param measured while it is measured
 */
public record Period(Duration warmUp, Duration measured) {

}

package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.Map;

import dev.sockets.benchmarks.server.Contestant;

/**
 * Measurements under one load.
 */
public interface Series extends AutoCloseable {

	/**
	 * Measures one contestant once.
	 * @param contestant who
	 * @return a value for each metric
	 * @throws IOException when it fails
	 */
	Map<Metric, Double> measure(Contestant contestant) throws IOException;

	/** Ends what was started for the measurements. */
	@Override
	default void close() {
	}

}

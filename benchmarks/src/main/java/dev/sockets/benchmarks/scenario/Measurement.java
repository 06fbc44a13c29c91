package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.Map;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.ServerProcess;

/**
 * Measures a running server.
 */
interface Measurement {

	/**
	 * Measures.
	 * @param server the server
	 * @param load under which load
	 * @param period how long
	 * @return at least one value for each metric of the scenario; may be changed
	 * @throws IOException when it fails
	 */
	Map<Metric, Double> of(ServerProcess server, String load, Period period) throws IOException;

}

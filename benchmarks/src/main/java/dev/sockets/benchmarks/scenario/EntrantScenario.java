package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;

/**
 * Measures servers, each in a process of its own that has just started.
 *
 * @param name the name on the command line
 * @param description what is measured
 * @param behaviour what the servers do
 * @param metrics the columns
 * @param contestants the servers
 * @param loads the loads
 * @param measurement what is done with each server
 */
record EntrantScenario(String name, String description, Behaviour behaviour, List<Metric> metrics,
		List<Entrant> contestants, List<String> loads, Measurement measurement) implements Scenario {

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle((Entrant) contestant);
	}

	@Override
	public Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		try (ServerProcess server = stand.launcher().start((Entrant) contestant, this.behaviour)) {
			Map<Metric, Double> values = this.measurement.of(server, load, stand.period());
			values.keySet().retainAll(this.metrics);
			return values;
		}
	}

}

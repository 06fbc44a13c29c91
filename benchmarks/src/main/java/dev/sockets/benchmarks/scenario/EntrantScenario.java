package dev.sockets.benchmarks.scenario;

import java.util.List;

import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;

/**
 * Measures servers, each in a process of its own.
 *
 * @param name the name on the command line
 * @param description what is measured
 * @param behaviour what the servers do
 * @param metrics the columns
 * @param contestants the servers
 * @param loads the loads
 * @param measurement what is done with each server
 * @param startsAnew whether each measurement needs a server that has just started
 */
record EntrantScenario(String name, String description, Behaviour behaviour, List<Metric> metrics,
		List<Entrant> contestants, List<String> loads, Measurement measurement,
		boolean startsAnew) implements Scenario {

	EntrantScenario(String name, String description, Behaviour behaviour, List<Metric> metrics,
			List<Entrant> contestants, List<String> loads, Measurement measurement) {
		this(name, description, behaviour, metrics, contestants, loads, measurement, false);
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle(contestant);
	}

	@Override
	public Series begin(Stand stand, String load) {
		return new EntrantSeries(this, stand, load);
	}

}

package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;

/**
 * Measures servers that stay alive beside each other, so that the next measurement of
 * each finds it warm, and all are measured within a short time.
 */
final class EntrantSeries implements Series {

	private final EntrantScenario scenario;

	private final Stand stand;

	private final String load;

	private final Map<Entrant, ServerProcess> alive = new EnumMap<>(Entrant.class);

	EntrantSeries(EntrantScenario scenario, Stand stand, String load) {
		this.scenario = scenario;
		this.stand = stand;
		this.load = load;
	}

	@Override
	public Map<Metric, Double> measure(Contestant contestant) throws IOException {
		Entrant entrant = (Entrant) contestant;
		ServerProcess server = this.alive.get(entrant);
		Period period = this.stand.period();
		if (server == null) {
			server = this.stand.launcher().start(entrant, this.scenario.behaviour());
			this.alive.put(entrant, server);
		}
		else {
			period = period.ofWarmServer();
		}
		boolean done = false;
		try {
			Map<Metric, Double> values = this.scenario.measurement().of(server, this.load, period);
			values.keySet().retainAll(this.scenario.metrics());
			done = true;
			return values;
		}
		finally {
			if (!done || this.scenario.startsAnew()) {
				server.close();
				this.alive.remove(entrant);
			}
		}
	}

	@Override
	public void close() {
		this.alive.values().forEach(ServerProcess::close);
	}

}

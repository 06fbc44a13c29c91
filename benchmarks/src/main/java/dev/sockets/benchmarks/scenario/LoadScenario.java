package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.load.ClosedLoop;
import dev.sockets.benchmarks.load.LoadResult;
import dev.sockets.benchmarks.load.Shape;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;

/**
 * A number of connections, each with a number of messages in flight.
 *
 * @param name the name on the command line
 * @param description what is measured
 * @param behaviour what the servers do
 * @param metrics the columns
 * @param contestants the servers
 * @param loads the shapes
 */
record LoadScenario(String name, String description, Behaviour behaviour, List<Metric> metrics,
		List<Entrant> contestants, List<String> loads) implements Scenario {

	private static final double MB = 1024 * 1024;

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle((Entrant) contestant);
	}

	@Override
	public Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		Shape shape = Shape.parse(load);
		try (ServerProcess server = stand.launcher().start((Entrant) contestant, this.behaviour)) {
			long[] cpu = new long[1];
			LoadResult result = ClosedLoop.run(server.port(), shape, stand.period(), () -> cpu[0] = server.cpuNanos(),
					() -> {
						cpu[0] = server.cpuNanos() - cpu[0];
						values.put(Metric.RSS, server.residentBytes() / MB);
					});
			values.put(Metric.RATE, result.rate());
			values.put(Metric.P50, result.micros(50));
			values.put(Metric.P99, result.micros(99));
			values.put(Metric.CPU, (double) cpu[0] / Math.max(1, result.messages()));
			values.put(Metric.LEAST, (double) result.fewest() * shape.connections() / Math.max(1, result.messages()));
		}
		values.keySet().retainAll(this.metrics);
		return values;
	}

}

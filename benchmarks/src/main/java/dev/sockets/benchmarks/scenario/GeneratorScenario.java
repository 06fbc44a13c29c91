package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;
import dev.sockets.benchmarks.server.Family;

/**
 * The load generator of this stand beside one in C, on the same server: when they differ
 * much, it is the generator that is measured.
 */
final class GeneratorScenario implements Scenario {

	private static final Variant JAVA = new Variant("load-java", Family.OURS);

	private static final Variant C = new Variant("load-c", Family.BARE);

	@Override
	public String name() {
		return "generator";
	}

	@Override
	public String description() {
		return "Two load generators on our echo server";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99);
	}

	@Override
	public List<Variant> contestants() {
		return List.of(JAVA, C);
	}

	@Override
	public List<String> loads() {
		return List.of("64x1", "64x16", "1000x1");
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return (contestant == C) ? stand.launcher().obstacle(Entrant.C_EPOLL) : "";
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, contestant, load);
	}

	private Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		try (ServerProcess server = stand.launcher().start(Entrant.OURS_EVENT, Behaviour.ECHO)) {
			Map<Metric, Double> values = (contestant == C) ? Measurements.throughputByC(server, load, stand.period())
					: Measurements.throughput(server, load, stand.period());
			values.keySet().retainAll(metrics());
			return values;
		}
	}

}

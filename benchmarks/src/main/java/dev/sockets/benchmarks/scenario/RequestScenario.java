package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Entrant;
import dev.sockets.benchmarks.server.RequestMain;
import dev.sockets.benchmarks.server.Requester;

/**
 * Threads that ask an echo server of Netty over one connection, which they share.
 */
final class RequestScenario implements Scenario {

	@Override
	public String name() {
		return "requests";
	}

	@Override
	public String description() {
		return "Threads that ask over one connection and wait";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.RATE, Metric.P50, Metric.P99);
	}

	@Override
	public List<Requester> contestants() {
		return List.of(Requester.values());
	}

	@Override
	public List<String> loads() {
		return List.of("64");
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return "";
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, contestant, load);
	}

	private Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		try (ServerProcess server = stand.launcher().start(Entrant.NETTY, Behaviour.ECHO);
				ServerProcess client = stand.launcher()
					.start(RequestMain.class, 0, contestant.id(), Integer.toString(server.port()), load,
							Long.toString(stand.period().warmUp().toMillis()),
							Long.toString(stand.period().measured().toMillis()))) {
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			for (Metric metric : metrics()) {
				values.put(metric, Double.valueOf(client.nextLine()));
			}
			return values;
		}
	}

}

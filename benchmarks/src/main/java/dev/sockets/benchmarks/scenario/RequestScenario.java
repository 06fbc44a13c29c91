package dev.sockets.benchmarks.scenario;

import java.io.IOException;
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
		return List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99);
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
		return stand.launcher().obstacle(contestant);
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, contestant, load);
	}

	private Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		try (ServerProcess server = stand.launcher().start(Entrant.NETTY, Behaviour.ECHO);
				ServerProcess client = stand.launcher()
					.start(RequestMain.class, contestant, 0, Callers.arguments(server.port(), load, stand.period()))) {
			return Callers.measure(client, stand.period().measured(), client);
		}
	}

}

package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.RpcClientMain;
import dev.sockets.benchmarks.server.RpcEntrant;
import dev.sockets.benchmarks.server.RpcServerMain;

/**
 * Threads that call a method of a server over one connection, which they share; server
 * and client are of the same library.
 */
final class RpcScenario implements Scenario {

	@Override
	public String name() {
		return "rpc";
	}

	@Override
	public String description() {
		return "Requests by opcode: threads that call over one connection and wait";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.RATE, Metric.P50, Metric.P99);
	}

	@Override
	public List<RpcEntrant> contestants() {
		return List.of(RpcEntrant.values());
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
		int port = ServerProcess.freePort();
		try (ServerProcess server = stand.launcher()
			.start(RpcServerMain.class, port, contestant.id(), Integer.toString(port));
				ServerProcess client = stand.launcher()
					.start(RpcClientMain.class, 0, contestant.id(), Integer.toString(server.port()), load,
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

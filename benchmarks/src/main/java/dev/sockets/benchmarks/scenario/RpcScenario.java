package dev.sockets.benchmarks.scenario;

import java.io.IOException;
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
		return List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99);
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
		return stand.launcher().obstacle(contestant);
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, contestant, load);
	}

	private Map<Metric, Double> measure(Stand stand, Contestant contestant, String load) throws IOException {
		int port = ServerProcess.freePort();
		try (ServerProcess server = stand.launcher()
			.start(RpcServerMain.class, contestant, port, Integer.toString(port));
				ServerProcess client = stand.launcher()
					.start(RpcClientMain.class, contestant, 0,
							Callers.arguments(server.port(), load, stand.period()))) {
			return Callers.measure(client, stand.period().measured(), server, client);
		}
	}

}

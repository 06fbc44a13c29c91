package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

import dev.sockets.benchmarks.load.HandshakeLoad;
import dev.sockets.benchmarks.load.LoadResult;
import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.load.TlsLayer;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.ServerMain;

/**
 * What is done with a server that speaks TLS.
 */
final class TlsMeasurements {

	private static final int AT_A_TIME = 16;

	private static final int FIRST_CONNECTIONS = 64;

	private static final double MB = 1024 * 1024;

	private TlsMeasurements() {
	}

	/** Answers as fast as they come. */
	static Map<Metric, Double> throughput(ServerProcess server, String load, Period period) throws IOException {
		return Measurements.throughput(server, load, period, new TlsLayer());
	}

	/** Full handshakes, as many as there can be. */
	static Map<Metric, Double> handshakes(ServerProcess server, String load, Period period) throws IOException {
		try (HandshakeLoad clients = new HandshakeLoad(server.port(), Integer.parseInt(load))) {
			clients.run(period.warmUp());
			ProcessorSpan span = new ProcessorSpan(server);
			span.begin();
			LoadResult result = clients.run(period.measured());
			span.end();
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			Measurements.put(values, result);
			values.put(Metric.HANDSHAKES, result.rate());
			values.put(Metric.HANDSHAKE_CPU, span.microsFor(result.messages()));
			return values;
		}
	}

	/** What connections that have been used once keep, in the heap and beside it. */
	static Map<Metric, Double> memory(ServerProcess server, String load, Period period) throws IOException {
		int connections = Integer.parseInt(load);
		try (HandshakeLoad clients = new HandshakeLoad(server.port(), AT_A_TIME)) {
			clients.keep(FIRST_CONNECTIONS);
			long heap = server.ask(ServerMain.HEAP);
			long direct = server.ask(ServerMain.DIRECT);
			long resident = server.residentBytes();
			clients.keep(connections);
			double moreHeap = server.ask(ServerMain.HEAP) - heap;
			double moreDirect = server.ask(ServerMain.DIRECT) - direct;
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.MEMORY, (moreHeap + moreDirect) / connections);
			values.put(Metric.HEAP, moreHeap / connections);
			values.put(Metric.DIRECT, moreDirect / connections);
			values.put(Metric.RSS_GROWTH, (server.residentBytes() - resident) / MB);
			return values;
		}
	}

}

package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.load.AcceptLoad;
import dev.sockets.benchmarks.load.BroadcastLoad;
import dev.sockets.benchmarks.load.ClosedLoop;
import dev.sockets.benchmarks.load.Layer;
import dev.sockets.benchmarks.load.LoadResult;
import dev.sockets.benchmarks.load.OpenLoop;
import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.load.Shape;
import dev.sockets.benchmarks.load.StalledClient;
import dev.sockets.benchmarks.process.NativePrograms;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.ServerMain;

/**
 * What is done with a server in the scenarios.
 */
final class Measurements {

	private static final double MB = 1024 * 1024;

	private static final double MILLIS = 1000;

	private static final NativePrograms PROGRAMS = new NativePrograms();

	private static final int OPEN_LOOP_CONNECTIONS = 64;

	private static final int WARM_UP_CONNECTIONS = 2000;

	private static final int FIFTHS = 5;

	private Measurements() {
	}

	/** Answers as fast as they come. */
	static Map<Metric, Double> throughput(ServerProcess server, String load, Period period) throws IOException {
		return throughput(server, load, period, Layer.PLAIN);
	}

	/** The same over some layer. */
	static Map<Metric, Double> throughput(ServerProcess server, String load, Period period, Layer layer)
			throws IOException {
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		Shape shape = Shape.parse(load);
		ProcessorSpan span = new ProcessorSpan(server);
		LoadResult result = ClosedLoop.run(server.port(), shape, period, layer, span::begin, () -> {
			span.end();
			values.put(Metric.RSS, server.residentBytes() / MB);
		});
		put(values, result);
		values.put(Metric.CPU, span.nanosFor(result.messages()));
		values.put(Metric.LEAST, result.fewest() * shape.connections() / (double) result.messages());
		return values;
	}

	/** The same with a load generator in C. */
	static Map<Metric, Double> throughputByC(ServerProcess server, String load, Period period) throws IOException {
		Shape shape = Shape.parse(load);
		List<String> lines = PROGRAMS.run("load", server.port(), shape.connections(), shape.depth(),
				period.measured().toMillis() / MILLIS, period.warmUp().toMillis() / MILLIS, server.pid());
		return new EnumMap<>(Map.of(Metric.RATE, Double.valueOf(lines.get(0)), Metric.P50, Double.valueOf(lines.get(1)),
				Metric.P99, Double.valueOf(lines.get(2)), Metric.CPU, Double.valueOf(lines.get(3))));
	}

	/** The latency at a rate that the server can easily bear. */
	static Map<Metric, Double> latency(ServerProcess server, String load, Period period) throws IOException {
		ClosedLoop.run(server.port(), new Shape(OPEN_LOOP_CONNECTIONS, 1), new Period(period.warmUp(), Duration.ZERO));
		int rate = Integer.parseInt(load.replace("/s", ""));
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		ProcessorSpan span = new ProcessorSpan(server);
		LoadResult result = OpenLoop.run(server.port(), OPEN_LOOP_CONNECTIONS, rate, period, span::begin, span::end);
		put(values, result);
		values.put(Metric.CPU, span.nanosFor(result.messages()));
		return values;
	}

	static void put(Map<Metric, Double> values, LoadResult result) {
		values.put(Metric.RATE, result.rate());
		values.put(Metric.P50, result.micros(50));
		values.put(Metric.P99, result.micros(99));
		values.put(Metric.P999, result.micros(99.9));
	}

	/** What the server allocates, after it has warmed up. */
	static Map<Metric, Double> allocation(ServerProcess server, String load, Period period) throws IOException {
		long[] bytes = new long[1];
		LoadResult result = ClosedLoop.run(server.port(), Shape.parse(load), period, Layer.PLAIN,
				() -> bytes[0] = server.ask(ServerMain.ALLOCATED),
				() -> bytes[0] = server.ask(ServerMain.ALLOCATED) - bytes[0]);
		return new EnumMap<>(Map.of(Metric.ALLOCATED, bytes[0] / (double) result.messages()));
	}

	/** What connections that have been used once keep in the heap. */
	static Map<Metric, Double> idle(ServerProcess server, String load, Period period) throws IOException {
		int connections = Integer.parseInt(load);
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		try (AcceptLoad clients = new AcceptLoad(server.port())) {
			clients.open(1);
			long before = server.ask(ServerMain.HEAP);
			clients.open(connections - 1);
			values.put(Metric.HEAP, (server.ask(ServerMain.HEAP) - before) / (connections - 1.0));
			values.put(Metric.RSS, server.residentBytes() / MB);
		}
		return values;
	}

	/** How fast connections are accepted, the first and the last. */
	static Map<Metric, Double> accept(ServerProcess server, String load, Period period) throws IOException {
		try (AcceptLoad warmUp = new AcceptLoad(server.port())) {
			warmUp.open(WARM_UP_CONNECTIONS);
		}
		pause();
		int connections = Integer.parseInt(load);
		double[] seconds = new double[FIFTHS];
		double all = 0;
		ProcessorSpan span = new ProcessorSpan(server);
		try (AcceptLoad clients = new AcceptLoad(server.port())) {
			span.begin();
			for (int i = 0; i < FIFTHS; i++) {
				seconds[i] = clients.open(connections / FIFTHS);
				all += seconds[i];
			}
			span.end();
		}
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		values.put(Metric.ACCEPTED, connections / all);
		values.put(Metric.CONNECTION_CPU, span.microsFor(connections));
		values.put(Metric.FLATNESS, seconds[0] / seconds[FIFTHS - 1]);
		return values;
	}

	/** One to all, and the same with one that does not read. */
	static Map<Metric, Double> broadcast(ServerProcess server, String load, Period period) throws IOException {
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		try (BroadcastLoad clients = new BroadcastLoad(server.port(), Integer.parseInt(load))) {
			clients.settle();
			clients.run(period.warmUp());
			ProcessorSpan span = new ProcessorSpan(server);
			span.begin();
			BroadcastLoad.Deliveries result = clients.run(period.measured());
			span.end();
			double rate = result.rate();
			values.put(Metric.RATE, rate);
			values.put(Metric.CPU, span.nanosFor(result.messages()));
			try (StalledClient stalled = new StalledClient()) {
				stalled.connect(server.port());
				values.put(Metric.STALLED, clients.run(period.measured()).rate() / rate);
			}
		}
		return values;
	}

	/** Lets the server notice that the connections of the warm-up are gone. */
	private static void pause() {
		try {
			Thread.sleep(1000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

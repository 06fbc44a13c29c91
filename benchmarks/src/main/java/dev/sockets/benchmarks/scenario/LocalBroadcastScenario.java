package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.load.BroadcastLoad;
import dev.sockets.benchmarks.load.ClosedLoop;
import dev.sockets.benchmarks.load.Layer;
import dev.sockets.benchmarks.load.Listeners;
import dev.sockets.benchmarks.load.LoadResult;
import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.load.Shape;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.Family;
import dev.sockets.benchmarks.server.NodeEntrant;

/**
 * What a backplane costs a node's own connections, whether its broker works or not:
 * broadcasts to 100 of them, 500 lines a second and as many as go, and echoes, which have
 * nothing to do with it.
 */
final class LocalBroadcastScenario implements Scenario {

	private static final Variant ALONE = new Variant("alone", Family.PEER);

	private static final Variant BACKPLANE = new Variant("backplane", Family.OURS);

	private static final Variant STOPPED = new Variant("broker-stopped", Family.OURS);

	private static final int CONNECTIONS = 100;

	private static final String PACED = "500/s";

	private static final String FLAT_OUT = "flat-out";

	private static final String ECHO = "echo";

	private static final int RATE = 500;

	private static final double NANOS_PER_MICRO = 1000;

	/** In which a node finds out that its broker is silent. */
	private static final long SILENCE_MILLIS = 8000;

	@Override
	public String name() {
		return "backplane-local";
	}

	@Override
	public String description() {
		return "Broadcasts to 100 connections of the node that sends, and echoes, with a backplane and without";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.RATE, Metric.CPU, Metric.P50, Metric.P99);
	}

	@Override
	public List<Variant> contestants() {
		return List.of(ALONE, BACKPLANE, STOPPED);
	}

	@Override
	public List<String> loads() {
		return List.of(PACED, FLAT_OUT, ECHO);
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle(NodeEntrant.OURS);
	}

	@Override
	public Series begin(Stand stand, String load) {
		Map<Contestant, NodeGroup> alive = new HashMap<>();
		return new Series() {

			@Override
			public Map<Metric, Double> measure(Contestant contestant) throws IOException {
				NodeGroup node = alive.get(contestant);
				if (node != null) {
					return LocalBroadcastScenario.measure(node, load, stand.period().ofWarmServer());
				}
				node = start(stand, contestant, load);
				alive.put(contestant, node);
				return LocalBroadcastScenario.measure(node, load, stand.period());
			}

			@Override
			public void close() {
				alive.values().forEach(NodeGroup::close);
			}

		};
	}

	private static NodeGroup start(Stand stand, Contestant contestant, String load) throws IOException {
		NodeEntrant entrant = (contestant == ALONE) ? NodeEntrant.OURS_ALONE : NodeEntrant.OURS;
		NodeGroup node = NodeGroup.start(stand, entrant, 1,
				load.equals(FLAT_OUT) ? Behaviour.BROADCAST : Behaviour.ECHO);
		if (contestant == STOPPED) {
			NodeGroup.awaitPresence(node.nodes(), 0);
			node.redis().pause();
			Pause.millis(SILENCE_MILLIS);
		}
		return node;
	}

	private static Map<Metric, Double> measure(NodeGroup node, String load, Period period) throws IOException {
		return switch (load) {
			case PACED -> paced(node, period);
			case FLAT_OUT -> flatOut(node, period);
			default -> echo(node, period);
		};
	}

	private static Map<Metric, Double> paced(NodeGroup node, Period period) throws IOException {
		try (Listeners clients = new Listeners(node.port(0), CONNECTIONS, Shape.MESSAGE_BYTES)) {
			node.send(Shape.MESSAGE_BYTES, period.warmUp().toMillis(), RATE);
			clients.latency().reset();
			double before = clients.received();
			ProcessorSpan span = new ProcessorSpan(node.nodes());
			span.begin();
			node.send(Shape.MESSAGE_BYTES, period.measured().toMillis(), RATE);
			span.end();
			double received = clients.received() - before;
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.RATE, received * 1e9 / period.measured().toNanos());
			values.put(Metric.CPU, span.nanosFor(received));
			values.put(Metric.P50, clients.latency().getValueAtPercentile(50) / NANOS_PER_MICRO);
			values.put(Metric.P99, clients.latency().getValueAtPercentile(99) / NANOS_PER_MICRO);
			return values;
		}
	}

	private static Map<Metric, Double> flatOut(NodeGroup node, Period period) throws IOException {
		try (BroadcastLoad clients = new BroadcastLoad(node.port(0), CONNECTIONS)) {
			clients.settle();
			clients.run(period.warmUp());
			ProcessorSpan span = new ProcessorSpan(node.nodes());
			span.begin();
			BroadcastLoad.Deliveries result = clients.run(period.measured());
			span.end();
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.RATE, result.rate() / CONNECTIONS);
			values.put(Metric.CPU, span.nanosFor(result.messages() / CONNECTIONS));
			return values;
		}
	}

	private static Map<Metric, Double> echo(NodeGroup node, Period period) throws IOException {
		ProcessorSpan span = new ProcessorSpan(node.nodes());
		LoadResult result = ClosedLoop.run(node.port(0), Shape.parse("64x1"), period, Layer.PLAIN, span::begin,
				span::end);
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		values.put(Metric.RATE, result.rate());
		values.put(Metric.CPU, span.nanosFor(result.messages()));
		values.put(Metric.P50, result.micros(50));
		values.put(Metric.P99, result.micros(99));
		return values;
	}

}

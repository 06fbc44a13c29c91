package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.Histogram;

import dev.sockets.benchmarks.load.Listeners;
import dev.sockets.benchmarks.load.Period;
import dev.sockets.benchmarks.process.ProcessorTime;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.NodeEntrant;
import dev.sockets.benchmarks.server.NodesMain;

/**
 * Lines that one of three nodes sends to the connections of all: connections of each
 * node, bytes of a line, and lines a second if not as many as go.
 */
final class BackplaneScenario implements Scenario {

	private static final int NODES = 3;

	private static final int PERCENT = 100;

	private static final double NANOS_PER_MICRO = 1000;

	private static final long REST_NANOS = 10_000_000_000L;

	@Override
	public String name() {
		return "backplane";
	}

	@Override
	public String description() {
		return "Lines from one of three nodes to connections of all, as the two others get them";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.RATE, Metric.CPU, Metric.BROKER_CPU, Metric.P50, Metric.P99, Metric.LOST,
				Metric.DISORDERED);
	}

	@Override
	public List<NodeEntrant> contestants() {
		return List.of(NodeEntrant.OURS, NodeEntrant.OURS_SIGNED, NodeEntrant.LETTUCE, NodeEntrant.LETTUCE_FLUSHED,
				NodeEntrant.SPRING_CONTAINER);
	}

	@Override
	public List<String> loads() {
		return List.of("0x64", "0x1024", "100x64", "1x64@1000/s");
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle(contestant);
	}

	@Override
	public Series begin(Stand stand, String load) {
		String[] parts = load.split("[x@/]");
		return new NodeSeries(stand, new Lines(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]),
				(parts.length > 2) ? Integer.parseInt(parts[2]) : 0));
	}

	private record Lines(int connections, int bytes, int rate) {

		long send(NodeGroup group, long millis) throws IOException {
			return (millis > 0) ? group.send(this.bytes, millis, this.rate) : 0;
		}

	}

	/** Nodes that stay alive beside each other, as servers do elsewhere. */
	private record NodeSeries(Stand stand, Lines lines, Map<NodeEntrant, NodeGroup> alive) implements Series {

		NodeSeries(Stand stand, Lines lines) {
			this(stand, lines, new EnumMap<>(NodeEntrant.class));
		}

		@Override
		public Map<Metric, Double> measure(Contestant contestant) throws IOException {
			NodeEntrant entrant = (NodeEntrant) contestant;
			Period period = this.stand.period();
			NodeGroup group = this.alive.get(entrant);
			if (group == null) {
				group = NodeGroup.start(this.stand, entrant, NODES, Behaviour.ECHO);
				this.alive.put(entrant, group);
			}
			else {
				period = period.ofWarmServer();
			}
			try (Audience audience = Audience.of(group, this.lines)) {
				long warm = this.lines.send(group, period.warmUp().toMillis());
				audience.rest(warm);
				return audience.measure(group, this.lines, period.measured().toMillis());
			}
			catch (IOException | RuntimeException ex) {
				group.close();
				this.alive.remove(entrant);
				throw ex;
			}
		}

		@Override
		public void close() {
			this.alive.values().forEach(NodeGroup::close);
		}

	}

	/** The connections of each node; none where only nodes are measured. */
	private record Audience(List<Listeners> nodes) implements AutoCloseable {

		static Audience of(NodeGroup group, Lines lines) throws IOException {
			List<Listeners> nodes = new ArrayList<>();
			for (int i = 0; i < NODES && lines.connections() > 0; i++) {
				nodes.add(new Listeners(group.port(i), lines.connections(), lines.bytes()));
			}
			Pause.millis(500);
			return new Audience(nodes);
		}

		Map<Metric, Double> measure(NodeGroup group, Lines lines, long millis) throws IOException {
			List<Listeners> others = this.nodes.stream().skip(1).toList();
			others.forEach((listeners) -> listeners.latency().reset());
			double[] before = received();
			long disordered = disordered(group);
			ProcessorTime[] clocks = group.processorTimes();
			long start = System.nanoTime();
			long sent = lines.send(group, millis);
			double seconds = (System.nanoTime() - start) / 1e9;
			double atOnce = least(before, sent);
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.RATE, atOnce / seconds);
			ProcessorTime[] now = group.processorTimes();
			values.put(Metric.CPU, now[0].since(clocks[0]) / atOnce);
			values.put(Metric.BROKER_CPU, now[1].since(clocks[1]) / atOnce);
			rest(before, sent);
			values.put(Metric.LOST, PERCENT * (1 - least(before, sent) / sent));
			values.put(Metric.DISORDERED, (double) (disordered(group) - disordered));
			if (!others.isEmpty()) {
				Histogram latency = new Histogram(others.get(0).latency());
				others.stream().map(Listeners::latency).forEach(latency::add);
				values.put(Metric.P50, latency.getValueAtPercentile(50) / NANOS_PER_MICRO);
				values.put(Metric.P99, latency.getValueAtPercentile(99) / NANOS_PER_MICRO);
			}
			return values;
		}

		private double[] received() {
			return this.nodes.stream().mapToDouble(Listeners::received).toArray();
		}

		private long disordered(NodeGroup group) throws IOException {
			return group.nodes().ask(NodesMain.DISORDERED) + this.nodes.stream().mapToLong(Listeners::disordered).sum();
		}

		/** Returns what the node's connections have got that have got least. */
		private double least(double[] before, double sent) {
			double least = sent;
			double[] now = received();
			for (int i = 1; i < now.length; i++) {
				least = Math.min(least, now[i] - before[i]);
			}
			return least;
		}

		void rest(long sent) throws IOException {
			rest(new double[this.nodes.size()], sent);
		}

		private void rest(double[] before, long sent) throws IOException {
			long start = System.nanoTime();
			while (least(before, sent) < sent && System.nanoTime() - start < REST_NANOS) {
				Pause.millis(20);
			}
		}

		@Override
		public void close() throws IOException {
			for (Listeners listeners : this.nodes) {
				listeners.close();
			}
		}

	}

}

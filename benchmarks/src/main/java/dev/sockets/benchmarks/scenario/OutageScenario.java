package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.sockets.benchmarks.load.Listeners;
import dev.sockets.benchmarks.load.Shape;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.NodeEntrant;
import dev.sockets.benchmarks.server.NodesMain;

/**
 * Redis is killed, or stopped where it is, while one of three nodes sends and connections
 * come and go: how long after its return the others get lines again, and a fourth node
 * knows all connections.
 */
final class OutageScenario implements Scenario {

	private static final String KILLED = "killed-8s";

	private static final long KILLED_MILLIS = 8000;

	private static final long STOPPED_MILLIS = 6000;

	/** In which everything is to be as before. */
	private static final long AFTERWARDS_MILLIS = 10_000;

	private static final long BEFORE_MILLIS = 2000;

	private static final int RATE = 500;

	private static final int NODES = 3;

	private static final double NANOS_PER_MILLI = 1e6;

	@Override
	public String name() {
		return "backplane-outage";
	}

	@Override
	public String description() {
		return "Redis goes, and comes back";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.FLOWS, Metric.KNOWN, Metric.LEFT, Metric.DISORDERED);
	}

	@Override
	public List<NodeEntrant> contestants() {
		return List.of(NodeEntrant.OURS);
	}

	@Override
	public List<String> loads() {
		return List.of(KILLED, "stopped-6s");
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle(contestant);
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, load.equals(KILLED));
	}

	private static Map<Metric, Double> measure(Stand stand, boolean killed) throws IOException {
		try (NodeGroup group = NodeGroup.start(stand, NodeEntrant.OURS, NODES, Behaviour.ECHO);
				ServerProcess witness = group.more(stand, NodeEntrant.OURS);
				Listeners here = new Listeners(group.port(0), 1, Shape.MESSAGE_BYTES);
				Listeners one = new Listeners(group.port(1), 1, Shape.MESSAGE_BYTES);
				Listeners other = new Listeners(group.port(2), 1, Shape.MESSAGE_BYTES)) {
			int port = group.port(0);
			NodeGroup.awaitPresence(witness, NODES);
			long outage = killed ? KILLED_MILLIS : STOPPED_MILLIS;
			group.beginToSend(Shape.MESSAGE_BYTES, BEFORE_MILLIS + outage + AFTERWARDS_MILLIS, RATE);
			Pause.millis(BEFORE_MILLIS);
			goAway(group, killed);
			Pause.millis(outage);
			try (Listeners meanwhile = new Listeners(port, NODES, Shape.MESSAGE_BYTES)) {
				comeBack(group, killed);
				Map<Metric, Double> values = after(System.nanoTime(), List.of(one, other), witness);
				group.nodes().nextLine();
				values.put(Metric.LEFT, (double) group.nodes().ask(NodesMain.LEFT) + witness.ask(NodesMain.LEFT));
				values.put(Metric.DISORDERED,
						(double) here.disordered() + one.disordered() + other.disordered() + meanwhile.disordered());
				return values;
			}
		}
	}

	private static void goAway(NodeGroup group, boolean killed) throws IOException {
		if (killed) {
			group.redis().kill();
		}
		else {
			group.redis().pause();
		}
	}

	private static void comeBack(NodeGroup group, boolean killed) throws IOException {
		if (killed) {
			group.redis().restart();
		}
		else {
			group.redis().resume();
		}
	}

	/**
	 * Both get lines that are due after the return, and the witness knows who has come.
	 */
	private static Map<Metric, Double> after(long back, List<Listeners> others, ServerProcess witness)
			throws IOException {
		Map<Metric, Double> values = new EnumMap<>(Metric.class);
		while (values.size() < 2) {
			double millis = (System.nanoTime() - back) / NANOS_PER_MILLI;
			if (millis > AFTERWARDS_MILLIS) {
				throw new IOException("Not all is as before: " + values);
			}
			if (others.stream().allMatch((listeners) -> listeners.lastDueAt() > back)) {
				values.putIfAbsent(Metric.FLOWS, millis);
			}
			if (witness.ask(NodesMain.PRESENCE) == 2L * NODES) {
				values.putIfAbsent(Metric.KNOWN, millis);
			}
			Pause.millis(5);
		}
		return values;
	}

}

package dev.sockets.benchmarks.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

import dev.sockets.benchmarks.load.AcceptLoad;
import dev.sockets.benchmarks.process.ServerProcess;
import dev.sockets.benchmarks.server.Behaviour;
import dev.sockets.benchmarks.server.Contestant;
import dev.sockets.benchmarks.server.NodeEntrant;
import dev.sockets.benchmarks.server.ServerMain;

/**
 * What it costs a node that has no connections to know those of another one, and what a
 * node that starts then is told. The nodes are in a process each.
 */
final class PresenceScenario implements Scenario {

	/** Of all nodes, as {@code nodes.yml} names the application. */
	private static final String CHANNELS_OF_NODES = "nodes:node:*";

	private static final double KILO = 1000;

	@Override
	public String name() {
		return "backplane-presence";
	}

	@Override
	public String description() {
		return "Connections of one node that others know";
	}

	@Override
	public List<Metric> metrics() {
		return List.of(Metric.REMOTE_HEAP, Metric.SNAPSHOT);
	}

	@Override
	public List<NodeEntrant> contestants() {
		return List.of(NodeEntrant.OURS);
	}

	@Override
	public List<String> loads() {
		return List.of("10000");
	}

	@Override
	public String obstacle(Stand stand, Contestant contestant) {
		return stand.launcher().obstacle(contestant);
	}

	@Override
	public Series begin(Stand stand, String load) {
		return (contestant) -> measure(stand, Integer.parseInt(load));
	}

	private static Map<Metric, Double> measure(Stand stand, int connections) throws IOException {
		try (NodeGroup group = NodeGroup.start(stand, NodeEntrant.OURS, 1, Behaviour.ECHO);
				ServerProcess other = group.more(stand, NodeEntrant.OURS);
				AcceptLoad clients = new AcceptLoad(group.port(0))) {
			clients.open(1);
			NodeGroup.awaitPresence(other, 1);
			long before = other.ask(ServerMain.HEAP);
			clients.open(connections - 1);
			NodeGroup.awaitPresence(other, connections);
			Map<Metric, Double> values = new EnumMap<>(Metric.class);
			values.put(Metric.REMOTE_HEAP, (other.ask(ServerMain.HEAP) - before) / (connections - 1.0));
			values.put(Metric.SNAPSHOT, snapshotBytes(stand, group, connections) / KILO);
			return values;
		}
	}

	/** Counts what one more node is told. */
	private static double snapshotBytes(Stand stand, NodeGroup group, int connections) throws IOException {
		LongAdder bytes = new LongAdder();
		RedisClient client = RedisClient.create(group.redis().url());
		try (StatefulRedisPubSubConnection<String, byte[]> heard = client
			.connectPubSub(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
			heard.addListener(new RedisPubSubAdapter<>() {

				@Override
				public void message(String pattern, String channel, byte[] message) {
					bytes.add(message.length);
				}

			});
			heard.sync().psubscribe(CHANNELS_OF_NODES);
			try (ServerProcess late = group.more(stand, NodeEntrant.OURS)) {
				NodeGroup.awaitPresence(late, connections);
			}
			// its answer comes behind what was published before
			heard.sync().ping();
			return bytes.sum();
		}
		finally {
			client.shutdown();
		}
	}

}

package dev.sockets.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

/**
 * Three primaries that form a Redis cluster, without replicas.
 */
public final class RedisCluster implements AutoCloseable {

	private static final int SLOTS = 16384;

	private static final int SIZE = 3;

	private final List<RedisServer> nodes = new ArrayList<>();

	/** Starts all of them, and waits until they are one cluster. */
	public RedisCluster() {
		List<Integer> busPorts = new ArrayList<>();
		for (int i = 0; i < SIZE; i++) {
			int busPort = RedisServer.freePort();
			busPorts.add(busPort);
			RedisServer node = RedisServer.startClusterNode(busPort);
			this.nodes.add(node);
			node.ask("CLUSTER", "ADDSLOTSRANGE", String.valueOf(i * SLOTS / SIZE),
					String.valueOf((i + 1) * SLOTS / SIZE - 1));
			node.ask("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
		}
		for (int i = 1; i < SIZE; i++) {
			this.nodes.get(0)
				.ask("CLUSTER", "MEET", "127.0.0.1", String.valueOf(this.nodes.get(i).port()),
						String.valueOf(busPorts.get(i)));
		}
		Awaitility.await("the nodes are one cluster").until(() -> this.nodes.stream().allMatch(RedisCluster::isWhole));
	}

	private static boolean isWhole(RedisServer node) {
		String info = String.join("", node.ask("CLUSTER", "INFO"));
		return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + SIZE);
	}

	/** Returns one of the nodes. */
	public RedisServer node(int index) {
		return this.nodes.get(index);
	}

	/** Returns where the nodes are, as a configuration has it. */
	public String addresses() {
		return addressesFrom(0);
	}

	/** Returns the same, beginning with one of the nodes. */
	public String addressesFrom(int first) {
		return IntStream.range(first, first + SIZE)
			.mapToObj((index) -> "127.0.0.1:" + this.nodes.get(index % SIZE).port())
			.collect(Collectors.joining(","));
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisServer::close);
	}

}

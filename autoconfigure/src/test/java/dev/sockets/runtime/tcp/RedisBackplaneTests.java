package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.runtime.backplane.BackplaneCounters;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.FaultProxy;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes on a real Redis, with much to do.
 */
@Timeout(120)
class RedisBackplaneTests {

	/** Each has 300 connections; 334 were measured, see {@code benchmarks/README.md}. */
	private static final int ROUNDS = Integer.getInteger("test.churn.rounds", 34);

	/** A fifth of what ten thousand entries come to. */
	private static final long HEAP_BYTES = 3_000_000;

	@AutoClose
	private final RedisServer redis = RedisServer.start();

	/** They see soon who is away, and are not soon thought away themselves. */
	private static BackplaneSettings.Builder calm(BackplaneSettings.Builder settings) {
		return settings.heartbeat(Duration.ofMillis(1200), Duration.ofMillis(3600))
			.outbound(64 * 1024 * 1024, Patience.SOON);
	}

	@Test
	void whenNodeIsPausedThenOnlyItLoses() {
		try (FaultProxy way = FaultProxy.to(new InetSocketAddress("127.0.0.1", this.redis.port()));
				TestNodes nodes = new TestNodes(2, RedisBackplaneTests::calm, (id) -> RedisNodes
					.engine(id.equals("node2") ? "redis://127.0.0.1:" + way.getPort() : this.redis.url(), id))) {
			nodes.add("node2", (settings) -> settings);
			RedisNodes.serve(nodes);
			List<Connection> connections = nodes.connect(3);
			nodes.awaitPresence(3);
			String kilobyte = "x".repeat(1000);
			try (Numbered lines = new Numbered((line) -> nodes.server(0).broadcast(line + kilobyte), 1000)) {
				assertThat(nodes.peer(2).readLine()).endsWith(kilobyte);
				way.toClient().stall();
				way.toTarget().stall();
				Awaitility.await().until(() -> nodes.server(0).presence().size() == 2);
				connections.get(0).bind("ada");
				Awaitility.await().until(() -> nodes.server(1).presence().size() == 2);
				assertThat(nodes.server(1).presence().isCurrent()).isTrue();
				way.heal();
				nodes.awaitEachOther();
				nodes.awaitPresence(3);
				lines.stop();
			}
			List<List<String>> read = nodes.linesUntilEndOf(nodes.server(0));
			List<String> sent = read.get(0);
			assertThat(read.get(1)).isEqualTo(sent);
			assertThat(nodes.backplane(1).counters().missed()).isZero();
			assertThat(read.get(2)).doesNotHaveDuplicates().hasSizeLessThan(sent.size() - 1);
			Awaitility.await().until(() -> nodes.server(2).presence().ofUser("ada").size() == 1);
		}
	}

	@Test
	@Timeout(600)
	void whenConnectionsComeAndGoThenNothingStays() {
		try (TestNodes nodes = RedisNodes.three(this.redis.url(), TestNodes::steady)) {
			RedisNodes.serve(nodes);
			for (int node = 0; node < 3; node++) {
				nodes.endpoints(node).onEvent((event) -> {
				});
			}
			for (int round = 0; round < 4; round++) {
				comeAndGo(nodes);
			}
			long threads = threads();
			long heap = Resources.now().heap();
			for (int round = 4; round < ROUNDS; round++) {
				comeAndGo(nodes);
			}
			nodes.awaitPresence(0);
			for (int node = 0; node < 3; node++) {
				TcpServer server = nodes.server(node);
				assertThat(server.presence().all()).isEmpty();
				for (int i = 0; i < 20; i++) {
					assertThat(server.group("group " + i).members()).isEmpty();
					assertThat(server.presence().ofUser("user " + i)).isEmpty();
				}
			}
			assertThat(this.redis.ask("PUBSUB", "CHANNELS")).containsExactlyInAnyOrder("test:nodes", "test:node:node0",
					"test:node:node1", "test:node:node2", "test:server:all", "test:server:g0", "test:server:g1");
			assertThat(this.redis.ask("DBSIZE")).containsExactly("0");
			Awaitility.await().until(() -> threads() <= threads);
			Awaitility.await().until(() -> Resources.now().heap() < heap + HEAP_BYTES);
		}
	}

	/** Those of handlers stay for a minute. */
	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("sockets-") || name.startsWith("lettuce"))
			.count();
	}

	private static void comeAndGo(TestNodes nodes) {
		try (Peers peers = new Peers()) {
			for (int node = 0; node < 3; node++) {
				TcpServer server = nodes.server(node);
				List<Connection> connections = peers.connect(server, 100);
				for (int i = 0; i < 100; i++) {
					connections.get(i).bind("user " + i % 20);
					server.group("group " + i % 20).join(connections.get(i));
				}
				connections.subList(0, 90).forEach(Connection::close);
			}
		}
		for (int node = 0; node < 3; node++) {
			TcpServer server = nodes.server(node);
			Awaitility.await().until(() -> server.getConnections().isEmpty());
		}
	}

	@Test
	void whenPrefixDiffersThenNothingIsShared() {
		try (TestNodes nodes = RedisNodes.three(this.redis.url(), TestNodes::steady)) {
			RedisNodes.serve(nodes);
			nodes.add("other", (settings) -> TestNodes.steady(BackplaneSettings.builder("other")));
			TcpServer other = nodes.serveOn(3, RedisNodes::patient);
			Awaitility.await().until(() -> other.presence().isCurrent());
			nodes.connect(4);
			nodes.join("hall", nodes.connectTo(3));
			nodes.server(0).broadcast("not to the other");
			nodes.server(0).group("hall").send("not to the other");
			other.broadcast("end");
			assertThat(Peers.linesUntilEnd(nodes.peer(3))).isEmpty();
			assertThat(nodes.peer(1).readLine()).isEqualTo("not to the other");
			assertThat(other.presence().nodes()).hasSize(1);
			assertThat(other.presence().size()).isEqualTo(2);
			assertThat(nodes.server(0).presence().nodes()).hasSize(3);
			assertThat(nodes.backplane(3).counters().received()).isZero();
		}
	}

	@Test
	void whenSenderFloodsThenWindowHoldsItBack() {
		try (TestNodes nodes = RedisNodes.three(this.redis.url(),
				(settings) -> settings.heartbeat(Duration.ofSeconds(10), Duration.ofSeconds(60)))) {
			RedisNodes.serve(nodes);
			List<String> subscribers = this.redis.clients("sockets:", true);
			for (int node = 0; node < 3; node++) {
				nodes.engine(node).slow(40);
			}
			String large = "x".repeat(20_000);
			long most = 0;
			try (Numbered lines = new Numbered((line) -> nodes.server(0).broadcast(line + large), 50_000)) {
				for (int i = 0; i < 100; i++) {
					most = Math.max(most, this.redis.mostWaiting());
					TestEndpoints.block(50);
				}
				assertThat(lines.longest()).isLessThan(Patience.SOON);
			}
			assertThat(most).isLessThan(8 * 1024 * 1024);
			assertThat(this.redis.clients("sockets:", true)).containsExactlyInAnyOrderElementsOf(subscribers);
			assertThat(nodes.backplane(0).counters().published()).isGreaterThan(50);
			BackplaneCounters sender = nodes.backplane(0).counters();
			assertThat(nodes.backplane(1).counters().missed())
				.isLessThanOrEqualTo(sender.dropped(DropReason.FULL) + sender.dropped(DropReason.EXPIRED));
		}
	}

	@Test
	void whenManySendThenEachSendersOrderHolds() {
		int count = 10_000;
		try (TestNodes nodes = RedisNodes.three(this.redis.url(),
				(settings) -> settings.groupChannels(16)
					.outbound(64 * 1024 * 1024, Patience.SOON)
					.heartbeat(Duration.ofSeconds(10), Duration.ofSeconds(60)))) {
			RedisNodes.serve(nodes);
			List<Connection> connections = nodes.connect(3);
			for (Connection connection : connections) {
				connection.bind("all");
				Awaitility.await().until(() -> nodes.isReached(connection, "all"));
				nodes.join("hall", connection);
			}
			nodes.awaitPresence(3);
			List<CompletableFuture<Void>> senders = new ArrayList<>();
			for (int node = 0; node < 3; node++) {
				int sender = node;
				senders.add(OwnThread.run(() -> send(nodes.server(sender), sender + ":", count, connections)));
			}
			List<CompletableFuture<Map<String, Integer>>> readers = new ArrayList<>();
			for (int peer = 0; peer < 3; peer++) {
				Peer read = nodes.peer(peer);
				readers.add(OwnThread.call(() -> readInOrder(read, count)));
			}
			senders.forEach((sender) -> assertThat(sender).succeedsWithin(Patience.SOON));
			readers.forEach((reader) -> assertThat(reader).succeedsWithin(Duration.ofSeconds(60)));
			for (int node = 0; node < 3; node++) {
				assertThat(nodes.backplane(node).counters().missed()).isZero();
			}
		}
	}

	/** Each line goes to all, but each fourth only to one of them. */
	private static void send(TcpServer server, String sender, int count, List<Connection> connections) {
		for (int i = 0; i < count; i++) {
			String line = sender + i;
			switch (i % 4) {
				case 0 -> server.all().send(line);
				case 1 -> server.group("hall").send(line);
				case 2 -> server.user("all").send(line);
				default -> server.connection(connections.get(i / 4 % 3).getId()).send(line);
			}
			if (i % 100 == 0) {
				TestEndpoints.block(1);
			}
		}
		server.broadcast(sender + count);
	}

	private static Map<String, Integer> readInOrder(Peer peer, int count) {
		Map<String, Integer> last = new HashMap<>();
		int ended = 0;
		while (ended < 3) {
			String[] line = peer.readLine().split(":");
			int number = Integer.parseInt(line[1]);
			int before = last.getOrDefault(line[0], -1);
			assertThat(number).isGreaterThan(before);
			assertThat(number - before).as("only what is for one other may be left out").isLessThanOrEqualTo(2);
			last.put(line[0], number);
			ended += (number == count) ? 1 : 0;
		}
		return last;
	}

}

package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.UserOfflineEvent;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.backplane.BackplaneCounters;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.Connection;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.RedisServer;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What three nodes promise when their Redis, or the way to it, fails.
 */
@Timeout(120)
class RedisFaultTests {

	private static final Duration MAX_WAIT = Duration.ofSeconds(1);

	private static TestNodes impatient(String url) {
		return RedisNodes.three(url, (settings) -> settings.outbound(8 * 1024 * 1024, MAX_WAIT));
	}

	@Test
	void whenSubscriptionIsCutThenTheLossIsCountedAndNothingComesTwice() {
		try (RedisServer redis = RedisServer.start(); TestNodes nodes = RedisNodes.three(redis.url())) {
			RedisNodes.serve(nodes);
			nodes.connect(3);
			nodes.awaitPresence(3);
			long before = known(nodes);
			try (Numbered lines = new Numbered(nodes.server(0)::broadcast, 1000)) {
				awaitLine(nodes.peer(1), 500);
				redis.cut("sockets:node1", true);
				Awaitility.await().until(() -> nodes.backplane(1).counters().missed() > 0);
				lines.stop();
			}
			nodes.server(0).broadcast("end");
			List<Integer> came = Peers.linesUntilEnd(nodes.peer(1)).stream().map(Integer::valueOf).toList();
			List<String> sent = Peers.linesUntilEnd(nodes.peer(0));
			assertThat(came).isSorted().doesNotHaveDuplicates();
			assertThat(Peers.linesUntilEnd(nodes.peer(2))).isEqualTo(sent);
			Awaitility.await().until(() -> known(nodes) == before);
			assertThat(nodes.backplane(1).counters().missed()).isBetween(1L, 2000L);
			assertThat(sent.size() - 501 - came.size()).isPositive()
				.isLessThanOrEqualTo((int) nodes.backplane(1).counters().missed());
			assertThat(nodes.backplane(1).counters().dropped(DropReason.DUPLICATE)).isZero();
		}
	}

	/**
	 * Returns how many frames of others node 1 neither has got nor knows to have missed.
	 */
	private static long known(TestNodes nodes) {
		BackplaneCounters counters = nodes.backplane(1).counters();
		long taken = counters.received() + counters.missed();
		return nodes.backplane(0).counters().published() + nodes.backplane(2).counters().published() - taken;
	}

	private static void awaitLine(Peer peer, int number) {
		for (int i = 0; i <= number; i++) {
			assertThat(peer.readLine()).isEqualTo(String.valueOf(i));
		}
	}

	@Test
	void whenPublisherIsCutThenNothingIsSentAgain() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = RedisNodes.three(redis.url(),
						(settings) -> settings.heartbeat(Duration.ofSeconds(2), Duration.ofSeconds(20)))) {
			RedisNodes.serve(nodes);
			nodes.connect(2);
			BackplaneCounters counters = nodes.backplane(0).counters();
			int sent = 0;
			for (int round = 1; round <= 6; round++) {
				long unconfirmed = counters.dropped(DropReason.UNCONFIRMED);
				redis.ask("CLIENT", "PAUSE", "20000", "WRITE");
				for (int i = 0; i < 1024; i++) {
					nodes.server(0).broadcast(String.valueOf(sent++));
				}
				Awaitility.await().until(() -> redis.isBlocked("sockets:node0"));
				redis.cut("sockets:node0", false);
				redis.ask("CLIENT", "UNPAUSE");
				Awaitility.await().until(() -> counters.dropped(DropReason.UNCONFIRMED) > unconfirmed);
				Awaitility.await().until(() -> nodes.server(0).presence().isCurrent());
				Awaitility.await().until(() -> nodes.backplane(0).watch().statistics().pendingOut() == 0);
			}
			nodes.server(0).broadcast("end");
			List<Integer> came = Peers.linesUntilEnd(nodes.peer(1)).stream().map(Integer::valueOf).toList();
			assertThat(came).isSorted().doesNotHaveDuplicates();
			long lost = sent - came.size();
			assertThat(lost).isPositive();
			assertThat(counters.dropped(DropReason.UNCONFIRMED)).isBetween(lost, lost + 20);
			assertThat(nodes.backplane(1).counters().dropped(DropReason.DUPLICATE)).isZero();
		}
	}

	@Test
	void whenBrokerDiesThenLocalTrafficGoesOnAndNothingStaleFollows() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = impatient(redis.url());
				Stalls stalls = new Stalls()) {
			RedisNodes.serve(nodes);
			List<Connection> connections = nodes.connect(2);
			nodes.awaitPresence(2);
			List<Long> sentAt;
			long back;
			try (Numbered lines = new Numbered(nodes.server(0)::broadcast, 500)) {
				awaitLine(nodes.peer(1), 200);
				redis.kill();
				Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
				TestEndpoints.block(4000);
				long asked = System.nanoTime();
				BackplaneTests.assertCode(nodes.server(0).sendAsync(connections.get(1).getId(), "x"),
						SocketErrorCode.BACKPLANE_DOWN);
				assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(MAX_WAIT.plus(stalls.longest()));
				back = System.nanoTime();
				redis.run();
				Awaitility.await().until(() -> nodes.server(0).presence().isCurrent());
				Awaitility.await().until(() -> nodes.server(1).presence().isCurrent());
				assertThat(Duration.ofNanos(System.nanoTime() - back))
					.isLessThan(Duration.ofSeconds(2).plus(stalls.total()));
				sentAt = lines.stop();
				assertThat(lines.longest()).isLessThan(Duration.ofMillis(500).plus(stalls.longest()));
			}
			nodes.server(0).broadcast("end");
			assertThat(Peers.linesUntilEnd(nodes.peer(0))).hasSize(sentAt.size());
			assertThat(nodes.backplane(0).counters().dropped(DropReason.EXPIRED)).isGreaterThan(500);
			assertNothingStale(nodes, sentAt, back);
		}
	}

	@Test
	void whenBrokerIsAwayThenWhatIsSentMeanwhileDoesNotFillTheHeap() {
		int most = 8 * 1024 * 1024;
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = RedisNodes.three(redis.url(),
						(settings) -> settings.outbound(most, Duration.ofMinutes(10)))) {
			RedisNodes.serve(nodes);
			long before = Resources.now().heap();
			redis.kill();
			Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
			send(nodes, 20_000);
			long full = Resources.now().heap();
			assertThat(full - before).isLessThan(2L * most);
			send(nodes, 200_000);
			assertThat(nodes.backplane(0).counters().dropped(DropReason.FULL)).isGreaterThan(200_000);
			Awaitility.await().until(() -> Resources.now().heap() < full + most / 4);
		}
	}

	private static void send(TestNodes nodes, int kilobytes) {
		String kilobyte = "x".repeat(1000);
		for (int i = 0; i < kilobytes; i++) {
			nodes.server(0).broadcast(i + kilobyte);
		}
	}

	/** Of what was sent before the broker was back only the youngest may come. */
	private static void assertNothingStale(TestNodes nodes, List<Long> sentAt, long back) {
		long youngest = back - MAX_WAIT.toNanos();
		List<Integer> came = Peers.linesUntilEnd(nodes.peer(1)).stream().map(Integer::valueOf).toList();
		assertThat(came).isSorted().doesNotHaveDuplicates();
		int lastBefore = 200;
		while (came.contains(lastBefore + 1)) {
			lastBefore++;
		}
		int gap = lastBefore;
		assertThat(came.stream().filter((number) -> number > gap)).isNotEmpty()
			.allSatisfy((number) -> assertThat(sentAt.get(number)).isGreaterThan(youngest));
	}

	@Test
	void whenBrokerStallsThenNoSenderWaits() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = impatient(redis.url());
				Stalls stalls = new Stalls()) {
			RedisNodes.serve(nodes);
			nodes.connect(2);
			List<Long> sentAt;
			long back;
			try (Numbered lines = new Numbered(nodes.server(0)::broadcast, 500)) {
				awaitLine(nodes.peer(1), 200);
				redis.pause(true);
				TestEndpoints.block(4000);
				back = System.nanoTime();
				redis.pause(false);
				Awaitility.await().until(() -> nodes.server(0).presence().isCurrent());
				Awaitility.await().until(() -> nodes.server(1).presence().isCurrent());
				sentAt = lines.stop();
				assertThat(lines.longest()).isLessThan(Duration.ofMillis(500).plus(stalls.longest()));
			}
			nodes.server(0).broadcast("end");
			assertThat(Peers.linesUntilEnd(nodes.peer(0))).hasSize(sentAt.size());
			assertNothingStale(nodes, sentAt, back);
		}
	}

	@Test
	void whenBrokerIsSilentThenNobodyLeaves() {
		try (RedisServer redis = RedisServer.start(); TestNodes nodes = impatient(redis.url())) {
			RedisNodes.serve(nodes);
			List<Connection> connections = nodes.connect(3);
			connections.forEach((connection) -> connection.bind("user of " + connection.getId()));
			Awaitility.await()
				.until(() -> nodes.server(0).presence().all().allMatch((info) -> info.user().isPresent()));
			nodes.awaitPresence(3);
			redis.pause(true);
			assertNobodyLeaves(nodes);
			redis.pause(false);
			nodes.awaitEachOther();
			redis.kill();
			assertNobodyLeaves(nodes);
			redis.run();
			nodes.awaitEachOther();
			assertThat(nodes.server(0).presence().size()).isEqualTo(3);
			for (int node = 0; node < 3; node++) {
				assertThat(nodes.endpoints(node).events()).noneMatch(UserOfflineEvent.class::isInstance);
			}
		}
	}

	private static void assertNobodyLeaves(TestNodes nodes) {
		Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
		Awaitility.await().during(TestNodes.SILENCE.plusMillis(500)).untilAsserted(() -> {
			assertThat(nodes.server(0).presence().isCurrent()).isFalse();
			assertThat(nodes.server(0).presence().size()).isEqualTo(3);
			assertThat(nodes.server(0).presence().nodes()).hasSize(3);
			assertThat(nodes.server(0)
				.presence()
				.ofUser("user of " + nodes.server(2).getConnections().iterator().next().getId())).hasSize(1);
		});
	}

	@Test
	void whenBrokerIsAbsentThenApplicationStarts() {
		try (RedisServer redis = RedisServer.absent("--requirepass", "s3cret");
				LogLines log = new LogLines(Backplane.class.getName());
				TestNodes nodes = impatient(redis.url())) {
			for (int node = 0; node < 3; node++) {
				nodes.serveOn(node, RedisNodes::patient);
			}
			nodes.connect(3);
			assertThat(nodes.server(0).broadcast("alone")).isOne();
			assertThat(nodes.peer(0).readLine()).isEqualTo("alone");
			assertThat(nodes.server(0).presence().isCurrent()).isFalse();
			redis.run();
			Awaitility.await().during(MAX_WAIT.multipliedBy(2)).until(() -> !nodes.server(0).presence().isCurrent());
			redis.ask("CONFIG", "SET", "requirepass", "");
			nodes.awaitEachOther();
			nodes.awaitPresence(3);
			nodes.server(0).broadcast("end");
			assertThat(nodes.linesUntilEnd()).containsOnly(List.of());
			String refused = "this node serves its own connections only: Redis at 127.0.0.1:" + redis.port()
					+ ": Connection refused";
			assertThat(log.all().stream().filter((line) -> line.contains(refused))).hasSize(3);
			assertThat(log.all().stream().filter((line) -> line.startsWith("WARN") && !line.contains(refused)))
				.as("what keeps it away by then is told, too")
				.hasSizeBetween(1, 9)
				.allMatch((line) -> line.contains("still not connected"))
				.anyMatch((line) -> line.contains("NOAUTH"));
		}
	}

	@Test
	void whenBrokerRefusesThenAttemptsAreSpaced() throws IOException {
		AtomicInteger attempts = new AtomicInteger();
		try (ServerSocket refusing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				LogLines log = new LogLines("dev.sockets");
				LogLines client = new LogLines("io.lettuce")) {
			OwnThread.run(() -> refuse(refusing, attempts));
			try (TestNodes nodes = new TestNodes(0, (settings) -> settings,
					(id) -> RedisNodes.engine("redis://127.0.0.1:" + refusing.getLocalPort(), id))) {
				nodes.add("node");
				Awaitility.await().until(() -> attempts.get() >= 5);
				int first = attempts.get();
				TestEndpoints.block(5000);
				assertThat(attempts.get() - first).isBetween(1, 6);
			}
			assertThat(log.all().stream().filter((line) -> !line.startsWith("DEBUG"))).as("each cause once")
				.doesNotHaveDuplicates()
				.hasSizeBetween(1, 3);
			assertThat(client.all().stream().filter((line) -> line.startsWith("WARN") || line.startsWith("ERROR")))
				.isEmpty();
		}
	}

	private static void refuse(ServerSocket refusing, AtomicInteger attempts) {
		try {
			while (true) {
				refusing.accept().close();
				attempts.incrementAndGet();
			}
		}
		catch (IOException ex) {
			if (!refusing.isClosed()) {
				throw new UncheckedIOException(ex);
			}
		}
	}

}

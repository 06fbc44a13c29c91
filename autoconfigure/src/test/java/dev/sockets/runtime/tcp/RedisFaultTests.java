package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.FramesMissedEvent;
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

	/** A node that was held up for seconds is back by then. */
	private static final Duration LONG_SILENCE = Duration.ofSeconds(5);

	private static TestNodes impatient(String url) {
		return RedisNodes.three(url, (settings) -> settings.heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(60))
			.outbound(8 * 1024 * 1024, MAX_WAIT));
	}

	@Test
	void whenSubscriptionIsCutThenTheLossIsCountedAndNothingComesTwice() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = RedisNodes.three(redis.url(), TestNodes::steady)) {
			RedisNodes.serve(nodes);
			nodes.connect(3);
			nodes.awaitPresence(3);
			BackplaneCounters counters = nodes.backplane(1).counters();
			try (Numbered lines = new Numbered(nodes.server(0)::broadcast, 1000)) {
				awaitLine(nodes.peer(1), 500);
				Awaitility.await("something is sent meanwhile").pollInterval(Duration.ofSeconds(1)).until(() -> {
					redis.cut("sockets:node1", true);
					return counters.missed() > 0;
				});
				lines.stop();
			}
			nodes.awaitEachOther();
			nodes.server(0).broadcast("end");
			List<Integer> came = Peers.linesUntilEnd(nodes.peer(1)).stream().map(Integer::valueOf).toList();
			List<String> sent = Peers.linesUntilEnd(nodes.peer(0));
			assertThat(came).isSorted().doesNotHaveDuplicates();
			assertThat(Peers.linesUntilEnd(nodes.peer(2))).isEqualTo(sent);
			long lost = sent.size() - 501 - came.size();
			assertThat(lost).isPositive();
			Awaitility.await().untilAsserted(() -> assertThat(missed(nodes.endpoints(1))).isEqualTo(lost));
			assertThat(counters.missed()).as("few heartbeats were lost, too").isBetween(lost, lost + 20);
			assertThat(counters.dropped(DropReason.DUPLICATE)).isZero();
		}
	}

	private static long missed(TestEndpoints node) {
		return node.events(FramesMissedEvent.class).stream().mapToLong(FramesMissedEvent::getCount).sum();
	}

	private static void awaitLine(Peer peer, int number) {
		for (int i = 0; i <= number; i++) {
			assertThat(peer.readLine()).isEqualTo(String.valueOf(i));
		}
	}

	@Test
	void whenPublisherIsCutThenNothingIsSentAgain() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = RedisNodes.three(redis.url(), (settings) -> TestNodes.steady(settings)
					.heartbeat(Duration.ofSeconds(2), Duration.ofSeconds(20)))) {
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
			Duration backAfter;
			try (Numbered lines = new Numbered(nodes.server(0)::broadcast, 500)) {
				awaitFlow(nodes.peer(1));
				redis.kill();
				long died = System.nanoTime();
				awaitNotCurrent(nodes);
				TestEndpoints.block(4000);
				CompletableFuture<Void> refused = nodes.server(0).sendAsync(connections.get(1).getId(), "x");
				assertThat(refused).as("at once").isCompletedExceptionally();
				BackplaneTests.assertCode(refused, SocketErrorCode.BACKPLANE_DOWN);
				long back = System.nanoTime();
				backAfter = timeBack(redis, nodes);
				assertSent(nodes, lines, stalls);
				assertThat(nodes.backplane(0).counters().dropped(DropReason.EXPIRED)).isGreaterThan(500);
				assertThat(stale(nodes, lines, died, back)).isEmpty();
			}
			for (int again = 0; again < 3 && backAfter.compareTo(Duration.ofSeconds(2)) > 0; again++) {
				redis.kill();
				awaitNotCurrent(nodes);
				backAfter = timeBack(redis, nodes);
			}
			assertThat(backAfter).isLessThan(Duration.ofSeconds(2).plus(stalls.total()));
		}
	}

	private static void awaitNotCurrent(TestNodes nodes) {
		Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
		Awaitility.await().until(() -> !nodes.server(1).presence().isCurrent());
	}

	/** Returns how long nodes take until they are back when the broker is. */
	private static Duration timeBack(RedisServer redis, TestNodes nodes) {
		redis.run();
		long begun = System.nanoTime();
		Awaitility.await().until(() -> nodes.server(0).presence().isCurrent());
		Awaitility.await().until(() -> nodes.server(1).presence().isCurrent());
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	/** Reads until what is sent comes, some of which may have waited for too long. */
	private static void awaitFlow(Peer peer) {
		int number = 0;
		while (number < 200) {
			number = Integer.parseInt(peer.readLine());
		}
	}

	/** No call has waited for the broker, and peers there have read all. */
	private static void assertSent(TestNodes nodes, Numbered lines, Stalls stalls) {
		int sent = lines.stop().size();
		assertThat(lines.longestWait()).isLessThan(Duration.ofMillis(500).plus(stalls.longest()));
		assertThat(lines.longest()).as("also waiting that is not seen as such")
			.isLessThan(Duration.ofSeconds(4).plus(stalls.longest()));
		nodes.server(0).broadcast("end");
		assertThat(Peers.linesUntilEnd(nodes.peer(0))).hasSize(sent);
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

	/**
	 * Returns what has come to the other node although it was sent while the broker was
	 * away, and longer than it may wait before that was back. What was sent later has
	 * come.
	 */
	private static List<Integer> stale(TestNodes nodes, Numbered lines, long away, long back) {
		long youngest = back - MAX_WAIT.toNanos();
		List<Integer> came = nodes.linesUntilEndOf(nodes.server(0)).get(1).stream().map(Integer::valueOf).toList();
		assertThat(came).isSorted().doesNotHaveDuplicates();
		List<Long> begunAt = lines.stop();
		List<Long> sentAt = lines.sentAt();
		assertThat(came).anyMatch((number) -> sentAt.get(number) > youngest);
		return came.stream().filter((number) -> begunAt.get(number) > away && sentAt.get(number) <= youngest).toList();
	}

	@Test
	void whenBrokerStallsThenNoSenderWaits() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = impatient(redis.url());
				Stalls stalls = new Stalls()) {
			RedisNodes.serve(nodes);
			nodes.connect(2);
			try (Numbered lines = new Numbered(nodes.server(0)::broadcast, 500)) {
				awaitFlow(nodes.peer(1));
				redis.pause(true);
				long paused = System.nanoTime();
				TestEndpoints.block(4000);
				long back = System.nanoTime();
				redis.pause(false);
				Awaitility.await().until(() -> nodes.server(0).presence().isCurrent());
				Awaitility.await().until(() -> nodes.server(1).presence().isCurrent());
				assertSent(nodes, lines, stalls);
				List<Long> sentAt = stale(nodes, lines, paused, back).stream().map(lines.sentAt()::get).toList();
				if (!sentAt.isEmpty()) {
					assertThat(Duration.ofNanos(sentAt.get(sentAt.size() - 1) - sentAt.get(0)))
						.as("one burst that it had been given")
						.isLessThanOrEqualTo(MAX_WAIT);
				}
			}
		}
	}

	@Test
	void whenBrokerIsSilentThenNobodyLeaves() {
		try (RedisServer redis = RedisServer.start();
				TestNodes nodes = RedisNodes.three(redis.url(),
						(settings) -> settings.heartbeat(TestNodes.BEAT, LONG_SILENCE))) {
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
			nodes.awaitPresence(3);
			for (int node = 0; node < 3; node++) {
				assertThat(nodes.endpoints(node).events()).noneMatch(UserOfflineEvent.class::isInstance);
			}
		}
	}

	private static void assertNobodyLeaves(TestNodes nodes) {
		Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
		Awaitility.await().during(LONG_SILENCE.plusMillis(500)).untilAsserted(() -> {
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
				TestNodes nodes = RedisNodes.three(redis.url(),
						(settings) -> TestNodes.steady(settings).outbound(8 * 1024 * 1024, MAX_WAIT))) {
			for (int node = 0; node < 3; node++) {
				nodes.serveOn(node, RedisNodes::patient);
			}
			nodes.connect(3);
			assertThat(nodes.server(0).broadcast("alone")).isOne();
			assertThat(nodes.peer(0).readLine()).isEqualTo("alone");
			assertThat(nodes.server(0).presence().isCurrent()).isFalse();
			String refused = "this node serves its own connections only: Redis at 127.0.0.1:" + redis.port()
					+ ": Connection refused";
			Awaitility.await()
				.untilAsserted(() -> assertThat(log.all()).filteredOn((line) -> line.contains(refused)).hasSize(3));
			redis.run();
			Awaitility.await().during(Duration.ofSeconds(2)).until(() -> !nodes.server(0).presence().isCurrent());
			Awaitility.await().until(() -> log.all().stream().anyMatch((line) -> line.contains("NOAUTH")));
			redis.ask("CONFIG", "SET", "requirepass", "");
			nodes.awaitEachOther();
			nodes.awaitPresence(3);
			assertThat(nodes.linesUntilEndOf(nodes.server(0))).containsOnly(List.of());
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
				long begun = System.nanoTime();
				int first = attempts.get();
				TestEndpoints.block(5000);
				int more = attempts.get() - first;
				Duration took = Duration.ofNanos(System.nanoTime() - begun);
				assertThat(more).isBetween(1, 1 + (int) took.toSeconds());
			}
			assertThat(log.all().stream().filter((line) -> !line.startsWith("DEBUG"))).as("each cause once")
				.doesNotHaveDuplicates()
				.hasSizeBetween(1, 8);
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

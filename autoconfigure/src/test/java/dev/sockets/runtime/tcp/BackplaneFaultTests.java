package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.backplane.BackplaneSettings;
import dev.sockets.backplane.LocalBroker;
import dev.sockets.backplane.Outgoing;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.framing.Framings;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.backplane.frame.BodyWriter;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.runtime.backplane.frame.FrameSignature;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.FrameWriter;
import dev.sockets.runtime.backplane.frame.Heartbeat;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.FaultyEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Frames that are not as they should be, nodes that differ, and what is left of nodes
 * that have stopped.
 */
@Timeout(120)
class BackplaneFaultTests {

	private static final String SECRET = "that nobody knows";

	@Test
	void whenFrameIsForgedThenItIsDropped() {
		try (TestNodes nodes = new TestNodes(2,
				(settings) -> TestNodes.steady(settings).secret(SECRET, List.of("older")))) {
			nodes.serve((settings) -> settings.duplicateSession(DuplicateSession.ALLOW));
			nodes.connect(2);
			nodes.engine(0).record((message) -> message.channel().endsWith(":all"));
			nodes.server(0).broadcast("once");
			assertThat(nodes.peer(1).readLine()).isEqualTo("once");
			Outgoing sent = nodes.engine(0).published().get(0);
			nodes.engine(1).receive(sent.channel(), sent.message());
			nodes.engine(1).receive("test:server:g1", sent.message());
			byte[] forged = sent.message().clone();
			forged[forged.length - 20] ^= 1;
			nodes.engine(1).receive(sent.channel(), forged);
			nodes.engine(1).receive(sent.channel(), Arrays.copyOf(forged, 30));
			nodes.engine(1).receive(sent.channel(), unsigned(sent.message()));
			assertThat(nodes.backplane(1).counters().dropped(DropReason.DUPLICATE)).isEqualTo(1);
			assertThat(nodes.backplane(1).counters().dropped(DropReason.SIGNATURE)).isEqualTo(3);
			assertThat(nodes.backplane(1).counters().dropped(DropReason.MALFORMED)).isEqualTo(1);
			Random random = new Random(3);
			for (int i = 0; i < 1_000_000; i++) {
				byte[] bytes = new byte[random.nextInt(100)];
				random.nextBytes(bytes);
				nodes.engine(1).receive(sent.channel(), bytes);
			}
			nodes.add("rotated", (settings) -> settings.secret("newer " + SECRET, List.of(SECRET)));
			nodes.add("stranger", (settings) -> settings.secret("other " + SECRET, List.of()));
			nodes.server(0).broadcast("end");
			nodes.server(1).broadcast("end");
			assertThat(nodes.linesUntilEnd()).containsExactly(List.of("once"), List.of());
		}
	}

	@Test
	void whenItsOwnMessageComesBackAlteredThenItIsDropped() {
		try (TestNodes nodes = new TestNodes(2, (settings) -> settings.secret(SECRET, List.of()))) {
			nodes.serve((settings) -> {
			});
			nodes.engine(0).record((message) -> message.channel().endsWith(":nodes"));
			Awaitility.await("the first one has come back").until(() -> nodes.engine(0).published().size() > 1);
			Outgoing sent = nodes.engine(0).published().get(0);
			nodes.engine(0).kill();
			long echoes = nodes.backplane(0).watch().statistics().roundTrips().count();
			for (int i = 0; i < sent.message().length; i++) {
				byte[] altered = sent.message().clone();
				altered[i] ^= 1;
				nodes.engine(0).receive(sent.channel(), altered);
			}
			nodes.engine(0).receive("test:node:node0", sent.message());
			nodes.engine(0).receive(sent.channel(), sent.message());
			assertThat(nodes.backplane(0).watch().statistics().roundTrips().count()).isEqualTo(echoes);
			assertThat(nodes.backplane(0).counters().dropped(DropReason.SIGNATURE)).isGreaterThan(10);
		}
	}

	/** Whoever has listened to the broker may publish what has gone over it. */
	@Test
	void whenWhatANodeHasSentIsReplayedThenNothingOfItIsTakenAgain() {
		try (TestNodes nodes = new TestNodes(3,
				(settings) -> TestNodes.talkative(settings).secret(SECRET, List.of()))) {
			nodes.serve((settings) -> settings.duplicateSession(DuplicateSession.ALLOW));
			nodes.connect(2);
			nodes.awaitPresence(2);
			nodes.engine(2).record((message) -> true);
			nodes.server(2).broadcast("once");
			assertThat(nodes.peer(0).readLine()).isEqualTo("once");
			for (int i = 0; i < 10; i++) {
				int published = nodes.engine(2).published().size();
				nodes.server(2).group("nobody").send("again and again");
				Awaitility.await().until(() -> nodes.engine(2).published().size() > published);
			}
			Awaitility.await()
				.until(() -> nodes.engine(2)
					.published()
					.stream()
					.anyMatch((sent) -> sent.channel().equals("test:nodes")));
			replay(nodes, nodes.engine(2).published());
			nodes.backplane(2).stop();
			Awaitility.await().until(() -> nodes.server(0).presence().nodes().size() == 2);
			replay(nodes, nodes.engine(2).published());
			assertThat(nodes.server(0).presence().nodes()).hasSize(2);
			nodes.add("node2");
			TcpServer again = nodes.serveOn(3, (settings) -> {
			});
			TestNodes.awaitNodes(3, List.of(nodes.server(0), nodes.server(1), again));
			replay(nodes, nodes.engine(2).published());
			assertThat(nodes.server(0).presence().nodes()).hasSize(3);
			again.broadcast("end");
			assertThat(nodes.linesUntilEnd()).contains(List.of(), List.of("once"));
			assertThat(nodes.endpoints(0).events(NodeLeftEvent.class)).hasSize(1);
		}
	}

	private static void replay(TestNodes nodes, List<Outgoing> captured) {
		for (int node = 0; node < 2; node++) {
			for (Outgoing message : captured) {
				nodes.engine(node).receive(message.channel(), message.message());
			}
		}
	}

	@Test
	void whenAHeartbeatIsOlderThanAMinuteThenItsNodeIsNotThere() {
		try (TestNodes nodes = new TestNodes(2, (settings) -> TestNodes.steady(settings).secret(SECRET, List.of()))) {
			nodes.serve((settings) -> {
			});
			nodes.engine(0).receive("test:nodes", heartbeat(Duration.ofSeconds(61)));
			assertThat(nodes.backplane(0).counters().dropped(DropReason.SIGNATURE)).isOne();
			assertThat(nodes.backplane(0).watch().status().nodes()).hasSize(2);
			nodes.engine(0).receive("test:nodes", heartbeat(Duration.ofSeconds(30)));
			assertThat(nodes.backplane(0).watch().status().nodes()).hasSize(3);
		}
	}

	private static byte[] heartbeat(Duration age) {
		long then = System.currentTimeMillis() - age.toMillis();
		BodyWriter message = new BodyWriter(100);
		FrameWriter writer = new FrameWriter(7, new FrameSignature(SECRET));
		writer.append(message, FrameType.HEARTBEAT, 1,
				new Heartbeat("old", then, then, false, 1, 1, 2, 0, List.of(), List.of()).write(new BodyWriter(100))
					.toByteArray(),
				ByteBuffer.allocate(0));
		writer.end(message, "test:nodes");
		return message.toByteArray();
	}

	private static byte[] unsigned(byte[] message) {
		byte[] bytes = Arrays.copyOf(message, message.length - 16);
		bytes[3] = 0;
		ByteBuffer.wrap(bytes).putInt(4, bytes.length - 8);
		return bytes;
	}

	@Test
	void whenNodesDifferThenUnknownFramesAreSkipped() {
		try (TestNodes nodes = TestNodes.steady(2)) {
			nodes.serveOn(0, (settings) -> {
			});
			nodes.serveOn(1, (settings) -> settings.connection((connection) -> connection.framing(Framings.crlf())));
			nodes.awaitEachOther();
			nodes.connect(2);
			nodes.engine(0).record((message) -> message.channel().endsWith(":all"));
			nodes.server(0).broadcast("other framing");
			Awaitility.await().until(() -> nodes.backplane(1).counters().dropped(DropReason.FORMAT) == 1);
			byte[] later = nodes.engine(0).published().get(0).message().clone();
			later[1] = 2;
			nodes.engine(1).receive("test:server:all", later);
			later[1] = 1;
			later[2] = 77;
			nodes.engine(1).receive("test:server:all", later);
			assertThat(nodes.backplane(1).counters().dropped(DropReason.VERSION)).isOne();
			assertThat(nodes.backplane(1).counters().dropped(DropReason.TYPE)).isOne();
			nodes.server(0).broadcast("end");
			assertThat(nodes.peer(0).readLine()).isEqualTo("other framing");
			assertThat(nodes.peer(1).readLine(Duration.ofMillis(300))).isNull();
			nodes.awaitPresence(2);
		}
	}

	@Test
	void whenBucketCountsDifferThenGroupMessagesAreSkipped() {
		try (TestNodes nodes = TestNodes.steady(2)) {
			nodes.serve((settings) -> {
			});
			nodes.add("other", (settings) -> TestNodes.steady(settings).groupChannels(1));
			nodes.serveOn(2, (settings) -> {
			});
			nodes.awaitEachOther();
			Connection connection = nodes.connectTo(0);
			for (int i = 0; i < 200; i++) {
				if (i < 100) {
					nodes.server(0).group("g" + i).join(connection);
				}
			}
			nodes.join("last", nodes.connectTo(1));
			for (int i = 0; i < 100; i++) {
				nodes.server(2).group("g" + i).send("other bucket count");
			}
			nodes.server(2).all().send("end");
			assertThat(nodes.peer(0).readLine()).isEqualTo("end");
		}
	}

	@Test
	void whenBrokerIsAwayThenJoiningFailsInTimeAndTheConnectionIsMember() {
		try (TestNodes nodes = new TestNodes(2,
				(settings) -> TestNodes.steady(settings).requests(Duration.ofMillis(300), 100))) {
			nodes.serve((settings) -> {
			});
			Connection connection = nodes.connectTo(0);
			nodes.engine(0).lose();
			CompletableFuture<Boolean> joined = nodes.server(0).group("hall").join(connection);
			assertFails(joined, SocketErrorCode.BACKPLANE_TIMEOUT);
			assertThat(connection.getGroups()).containsExactly("hall");
			nodes.engine(0).restore();
			nodes.awaitEachOther();
			assertThat(nodes.server(0).group("hall").join(connection)).succeedsWithin(TestEndpoints.SOON)
				.isEqualTo(false);
			nodes.server(1).group("hall").send("again");
			assertThat(nodes.peer(0).readLine()).isEqualTo("again");
		}
	}

	@Test
	void whenNobodyHasTheConnectionThenEachFutureFailsWithTheExceptionItself() {
		try (TestNodes nodes = TestNodes.steady(2)) {
			nodes.serve((settings) -> {
			});
			assertThat(nodes.server(0).sendAsync("node1-77", "lost")).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withMessageContaining("There is no connection 'node1-77' on node 'node1'");
			for (String id : List.of("node1-77", "nowhere-77")) {
				assertFails(nodes.server(0).sendAsync(id, "lost"), SocketErrorCode.NOT_CONNECTED);
				assertFails(nodes.server(0).group("hall").join(id), SocketErrorCode.NOT_CONNECTED);
			}
			nodes.engine(0).lose();
			assertFails(nodes.server(0).sendAsync("node1-77", "lost"), SocketErrorCode.BACKPLANE_DOWN);
			assertFails(nodes.server(0).group("hall").join("node1-77"), SocketErrorCode.BACKPLANE_DOWN);
			assertFails(nodes.server(0).group("hall").leave("node1-77"), SocketErrorCode.BACKPLANE_DOWN);
			assertFails(nodes.server(0).kick("node1-77"), SocketErrorCode.BACKPLANE_DOWN);
		}
	}

	/** As stages see it: not wrapped into anything. */
	private static void assertFails(CompletableFuture<?> result, SocketErrorCode code) {
		CompletableFuture<Throwable> seen = new CompletableFuture<>();
		result.whenComplete((value, failure) -> seen.complete(failure));
		assertThat(seen).succeedsWithin(TestEndpoints.SOON)
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

	@Test
	void whenStoppedThenNothingIsLeftBehind() {
		LocalBroker broker = new LocalBroker();
		Set<Thread> before = threads();
		for (int i = 0; i < 50; i++) {
			Backplane backplane = new Backplane("again", BackplaneSettings.builder("test").build(),
					new FaultyEngine(broker.engine()), Runnable::run);
			backplane.start();
			try (TestEndpoints endpoints = new TestEndpoints(backplane)) {
				TcpServer server = endpoints.server();
				try (Peer peer = new Peer(server)) {
					Connection connection = endpoints.onlyConnection(server);
					assertThat(server.group("hall").join(connection)).succeedsWithin(TestEndpoints.SOON);
					assertThat(peer.address()).isEqualTo(connection.getRemoteAddress());
				}
				endpoints.stopAll();
				backplane.stop();
				backplane.stop();
			}
			assertThat(broker.channels()).isEmpty();
		}
		Awaitility.await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
	}

	@Test
	void whenAServerCannotStartThenNothingOfItIsLeftBehind() {
		try (TestNodes nodes = new TestNodes(2)) {
			TcpServer there = nodes.serveOn(1, (settings) -> {
			});
			Awaitility.await().until(() -> there.presence().isCurrent());
			int taken = there.getLocalAddress().getPort();
			for (int i = 0; i < 3; i++) {
				assertThatException()
					.isThrownBy(() -> nodes.endpoints(0).serve("other", (settings) -> settings.port(taken)));
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(threads())
					.noneMatch((thread) -> thread.getName().endsWith("backplane-other")));
			assertThat(nodes.backplane(0).watch().status().nodes().get(0).connections()).isEmpty();
		}
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-"))
			.collect(Collectors.toSet());
	}

}

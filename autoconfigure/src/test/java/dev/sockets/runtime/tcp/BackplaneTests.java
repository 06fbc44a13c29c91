package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.NodeLeftEvent;
import dev.sockets.event.UserOfflineEvent;
import dev.sockets.event.UserOnlineEvent;
import dev.sockets.runtime.backplane.frame.DropReason;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes that form one server, and what becomes of it when they or the broker fail.
 */
@Timeout(120)
class BackplaneTests {

	@AutoClose
	private TestNodes nodes;

	private void serve() {
		serve(new TestNodes(3));
	}

	private void serve(TestNodes nodes) {
		this.nodes = nodes;
		nodes.serve(BackplaneTests::several);
	}

	private static void several(TcpServerSettings.Builder settings) {
		settings.duplicateSession(DuplicateSession.ALLOW)
			.connection((connection) -> connection.maxPending(64 * 1024 * 1024));
	}

	@Test
	void whenBroadcastThenOneFrameIsPublished() {
		serve(TestNodes.steady(3));
		this.nodes.connect(3);
		try (Peers crowd = new Peers()) {
			crowd.connect(this.nodes.server(0), 1000, 1);
			this.nodes.engine(0).record((message) -> message.channel().endsWith(":all"));
			assertThat(this.nodes.server(0).broadcast("end")).isEqualTo(1001);
			assertThat(this.nodes.linesUntilEnd()).hasSize(3).containsOnly(List.of());
			for (int i = 0; i < 1000; i++) {
				assertThat(crowd.get(i).readLine()).isEqualTo("end");
			}
			assertThat(this.nodes.engine(0).published()).hasSize(1);
		}
	}

	@Test
	void whenNodeDiesThenItsConnectionsAreForgotten() {
		try (Stalls stalls = new Stalls()) {
			serve(new TestNodes(3, (settings) -> settings.requests(TestEndpoints.SOON, 10)));
			List<Connection> connections = this.nodes.connect(6);
			connections.get(2).bind("ada");
			this.nodes.join("hall", connections.get(2));
			this.nodes.awaitPresence(6);
			Awaitility.await().until(() -> this.nodes.server(0).presence().ofUser("ada").size() == 1);
			this.nodes.engine(2).kill();
			CompletableFuture<Void> late = this.nodes.server(0).sendAsync(connections.get(5).getId(), "too late");
			Awaitility.await().until(() -> this.nodes.server(0).presence().size() == 4);
			Awaitility.await().until(() -> this.nodes.server(1).presence().size() == 4);
			assertThat(leastSilence()).as("of the one that was not held up itself")
				.isLessThan(TestNodes.SILENCE.plus(TestNodes.BEAT.multipliedBy(3)).plus(stalls.total()));
			Awaitility.await().until(() -> this.nodes.server(0).presence().nodes().size() == 2);
			assertThat(this.nodes.server(0).presence().ofUser("ada")).isEmpty();
			assertThat(this.nodes.server(0).group("hall").size()).isZero();
			assertCode(late, SocketErrorCode.NOT_CONNECTED);
			Awaitility.await().until(() -> this.nodes.server(0).presence().isCurrent());
			assertThat(this.nodes.endpoints(0).awaitEvents(UserOfflineEvent.class, 1)).hasSize(1);
		}
	}

	/** Returns for how long a node that was lost last had been silent by then. */
	private Duration leastSilence() {
		return Stream.of(0, 1)
			.map((node) -> this.nodes.endpoints(node).awaitEvents(NodeLeftEvent.class, 1))
			.map((left) -> left.get(left.size() - 1).getNode().silentFor())
			.min(Comparator.naturalOrder())
			.orElseThrow();
	}

	@Test
	void whenNodeIsPausedThenItComesBackWithAllItsConnections() {
		serve();
		List<Connection> connections = this.nodes.connect(3);
		this.nodes.awaitPresence(3);
		this.nodes.engine(2).pause(true);
		Awaitility.await().until(() -> this.nodes.server(0).presence().size() == 2);
		connections.get(2).bind("ada");
		this.nodes.engine(2).pause(false);
		this.nodes.awaitPresence(3);
		Awaitility.await().until(() -> this.nodes.server(0).presence().ofUser("ada").size() == 1);
		assertThat(this.nodes.linesUntilEndOf(this.nodes.server(0))).containsOnly(List.of());
	}

	@Test
	void whenNodeHearsNothingThenItConnectsAnew() {
		serve();
		this.nodes.connect(3);
		this.nodes.engine(1).deafen();
		Awaitility.await().until(() -> this.nodes.engine(1).reconnects() > 0);
		Awaitility.await().until(() -> this.nodes.server(1).presence().isCurrent());
		this.nodes.awaitPresence(3);
		assertThat(this.nodes.linesUntilEndOf(this.nodes.server(0))).containsOnly(List.of());
	}

	@Test
	void whenBrokerIsSilentThenNobodyLeaves() {
		serve();
		List<Connection> connections = this.nodes.connect(3);
		this.nodes.awaitPresence(3);
		for (int i = 0; i < 3; i++) {
			this.nodes.engine(i).lose();
		}
		assertThat(this.nodes.server(0).presence().isCurrent()).isFalse();
		assertThat(this.nodes.server(0).broadcast("alone")).isOne();
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("alone");
		assertCode(this.nodes.server(0).sendAsync(connections.get(1).getId(), "x"), SocketErrorCode.BACKPLANE_DOWN);
		assertNobodyLeavesFor(Duration.ofMillis(5500));
		for (int i = 0; i < 3; i++) {
			this.nodes.engine(i).restore();
		}
		this.nodes.awaitEachOther();
		assertThat(this.nodes.linesUntilEndOf(this.nodes.server(0))).containsOnly(List.of());
		assertThat(this.nodes.backplane(0).counters().dropped(DropReason.EXPIRED)).isPositive();
	}

	private void assertNobodyLeavesFor(Duration silence) {
		Awaitility.await().during(silence).untilAsserted(() -> {
			assertThat(this.nodes.server(0).presence().size()).isEqualTo(3);
			assertThat(this.nodes.server(0).presence().nodes()).hasSize(3);
		});
	}

	@Test
	void whenNodeDoesNotAnswerThenTheRequestEndsOnce() {
		serve(new TestNodes(2, (settings) -> settings.requests(Duration.ofMillis(300), 10)
			.heartbeat(Duration.ofSeconds(3), Duration.ofSeconds(60))));
		List<Connection> connections = this.nodes.connect(2);
		this.nodes.engine(1).kill();
		List<CompletableFuture<?>> asked = new ArrayList<>();
		this.nodes.engine(0).holdUp(() -> this.nodes.server(0).broadcast("none comes due meanwhile"));
		for (int i = 0; i < 10; i++) {
			asked.add(this.nodes.server(0).sendAsync(connections.get(1).getId(), "x"));
		}
		assertCode(this.nodes.server(0).kick(connections.get(1).getId()), SocketErrorCode.BACKPLANE_FULL);
		this.nodes.engine(0).goOn();
		asked.forEach((request) -> assertCode(request, SocketErrorCode.BACKPLANE_TIMEOUT));
		assertCode(this.nodes.server(0).kick(connections.get(1).getId()), SocketErrorCode.BACKPLANE_TIMEOUT);
		assertThat(this.nodes.server(0).presence().nodes()).hasSize(2);
	}

	@Test
	void whenNodeJoinsLateThenItKnowsAll() {
		serve(TestNodes.steady(3));
		List<Connection> connections = this.nodes.connect(2000);
		connections.forEach((connection) -> connection.bind("user " + connection.getId()));
		this.nodes.add("late");
		TcpServer late = this.nodes.serveOn(3, BackplaneTests::several);
		for (int i = 0; i < 50; i++) {
			connections.get(i).bind("other " + i);
			connections.get(i + 50).close();
		}
		Awaitility.await().until(() -> late.presence().size() == 1950);
		Awaitility.await().until(() -> late.presence().ofUser("other 49").size() == 1);
		for (int i = 0; i < 50; i++) {
			assertThat(late.presence().ofUser("other " + i)).hasSize(1);
			assertThat(late.presence().find(connections.get(50 + i).getId())).isEmpty();
		}
		assertThat(late.presence().all().map(ConnectionInfo::user)).allSatisfy((user) -> assertThat(user).isPresent());
	}

	@Test
	void whenNodeIdIsTakenThenTheYoungerStaysLocal() {
		serve(TestNodes.steady(3));
		this.nodes.connect(3);
		this.nodes.awaitPresence(3);
		this.nodes.add("node1");
		TcpServer younger = this.nodes.serveOn(3, BackplaneTests::several);
		Awaitility.await().until(() -> this.nodes.backplane(3).isAlone());
		assertThat(this.nodes.backplane(1).isAlone()).isFalse();
		Connection alone = this.nodes.connectTo(3);
		assertThat(younger.broadcast("alone")).isOne();
		assertThat(this.nodes.peer(3).readLine()).isEqualTo("alone");
		assertThat(younger.presence().nodes()).hasSize(1);
		assertThat(younger.presence().find(alone.getId())).isPresent();
		assertThat(this.nodes.server(0).presence().size()).isEqualTo(3);
		this.nodes.server(1).broadcast("end");
		younger.broadcast("end");
		assertThat(this.nodes.linesUntilEnd()).containsOnly(List.of());
	}

	@Test
	void whenTheElderOfAnIdGoesThenTheYoungerTakesPart() {
		serve(TestNodes.steady(3));
		assertYoungerTakesPartAfter(() -> this.nodes.backplane(1).stop());
	}

	@Test
	void whenTheElderOfAnIdDiesThenTheYoungerTakesPart() {
		serve();
		assertYoungerTakesPartAfter(() -> this.nodes.engine(1).kill());
	}

	@Test
	void whenTheBrokerComesBackToANodeThatStaysAloneThenTheIdIsItsCauseAgain() {
		serve();
		this.nodes.add("node1");
		this.nodes.serveOn(3, BackplaneTests::several);
		Awaitility.await().until(() -> causeOfFourth().contains("sockets.node must differ on each"));
		this.nodes.engine(3).lose();
		Awaitility.await().until(() -> !causeOfFourth().contains("sockets.node must differ on each"));
		this.nodes.engine(3).restore();
		Awaitility.await().until(() -> causeOfFourth().contains("sockets.node must differ on each"));
	}

	private String causeOfFourth() {
		return String.valueOf(this.nodes.backplane(3).watch().status().cause());
	}

	private void assertYoungerTakesPartAfter(Runnable end) {
		this.nodes.connect(3);
		this.nodes.awaitPresence(3);
		this.nodes.add("node1");
		TcpServer younger = this.nodes.serveOn(3, BackplaneTests::several);
		Connection alone = this.nodes.connectTo(3);
		Awaitility.await().until(() -> this.nodes.backplane(3).isAlone());
		end.run();
		TestNodes.awaitNodes(3, List.of(this.nodes.server(0), this.nodes.server(2), younger));
		assertThat(this.nodes.backplane(3).isAlone()).isFalse();
		Awaitility.await().until(() -> this.nodes.server(0).presence().find(alone.getId()).isPresent());
		CompletableFuture<String> read = OwnThread.call(this.nodes.peer(3)::readLine);
		Awaitility.await().until(() -> {
			this.nodes.server(0).broadcast("end");
			return read.isDone();
		});
		assertThat(read).isCompletedWithValue("end");
	}

	@Test
	void whenEngineRepeatsThenEachFrameIsDeliveredOnce() {
		serve(TestNodes.steady(3));
		this.nodes.connect(3);
		this.nodes.awaitPresence(3);
		this.nodes.server(0).broadcast("first");
		for (int peer = 0; peer < 3; peer++) {
			assertThat(this.nodes.peer(peer).readLine()).isEqualTo("first");
		}
		this.nodes.engine(0).disorder(true);
		for (int i = 0; i < 2000; i++) {
			this.nodes.server(0).broadcast("m" + i);
			if (i % 5 == 0) {
				pause();
			}
		}
		this.nodes.engine(0).disorder(false);
		this.nodes.server(0).broadcast("flush");
		Awaitility.await().until(() -> this.nodes.backplane(1).counters().missed() == 0);
		Awaitility.await().until(() -> this.nodes.backplane(2).counters().missed() == 0);
		this.nodes.server(0).broadcast("end");
		assertThat(this.nodes.linesUntilEnd())
			.allSatisfy((lines) -> assertThat(lines).doesNotHaveDuplicates().hasSize(2001));
		assertThat(this.nodes.backplane(1).counters().dropped(DropReason.DUPLICATE)).isPositive();
		assertThat(this.nodes.backplane(1).counters().lateFrames()).isPositive();
	}

	@Test
	void whenConsumersAreSlowThenTheBackplaneIsNot() {
		this.nodes = TestNodes.steady(3);
		this.nodes.serve((settings) -> settings.connection((connection) -> connection.maxPending(256 * 1024)));
		try (Peer deaf = new Peer(this.nodes.server(1).getLocalAddress(), 4096)) {
			Connection slow = this.nodes.endpoints(1).onlyConnection(this.nodes.server(1));
			this.nodes.connect(3);
			String large = "x".repeat(20_000);
			for (int i = 0; i < 500; i++) {
				this.nodes.server(0).broadcast(i + large);
				for (int peer = 0; peer < 3; peer++) {
					assertThat(this.nodes.peer(peer).readLine()).isEqualTo(i + large);
				}
			}
			assertThat(slow.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.SLOW_CONSUMER);
			assertThat(deaf.address()).isNotNull();
		}
	}

	@Test
	void whenRequestsGoToOtherNodesThenTheyAreAnswered() {
		serve(TestNodes.steady(3));
		List<Connection> connections = this.nodes.connect(3);
		String id = connections.get(2).getId();
		TcpServer server = this.nodes.server(0);
		assertThat(server.sendAsync(id, "hello")).succeedsWithin(TestEndpoints.SOON);
		assertThat(server.group("hall").join(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(server.group("hall").join(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
		this.nodes.join("hall", connections.get(2));
		server.group("hall").send("in the hall");
		assertThat(server.group("hall").leave(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(server.group("hall").leave(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
		server.connection(id).send("one");
		assertThat(this.nodes.peer(2).readLine()).isEqualTo("hello");
		assertThat(this.nodes.peer(2).readLine()).isEqualTo("in the hall");
		assertThat(this.nodes.peer(2).readLine()).isEqualTo("one");
		assertThat(server.kick(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(connections.get(2).closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		assertThat(server.kick(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
		assertCode(server.sendAsync(id, "gone"), SocketErrorCode.NOT_CONNECTED);
		assertCode(server.group("hall").join(id), SocketErrorCode.NOT_CONNECTED);
		assertCode(server.sendAsync("nowhere-1", "gone"), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenServerStartsAgainThenItKnowsAllAgain() {
		serve(TestNodes.steady(3));
		this.nodes.connectTo(1).bind("ada");
		TcpServer server = this.nodes.server(0);
		Awaitility.await().until(() -> server.user("ada").size() == 1);
		server.stop();
		assertThat(server.user("ada").size()).isZero();
		this.nodes.endpoints(0).awaitEvent(UserOfflineEvent.class);
		server.start();
		Awaitility.await().until(() -> server.user("ada").size() == 1);
		assertThat(this.nodes.endpoints(0).awaitEvents(UserOnlineEvent.class, 2)).hasSize(2);
		this.nodes.awaitEachOther();
		server.broadcast("back");
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("back");
	}

	private static void pause() {
		TestEndpoints.block(3);
	}

	static void assertCode(CompletableFuture<?> result, SocketErrorCode code) {
		assertThat(result).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(known) -> assertThat(known.getCode()).isEqualTo(code));
	}

}

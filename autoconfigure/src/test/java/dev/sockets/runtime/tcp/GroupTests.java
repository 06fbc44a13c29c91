package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.Group;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Groups of connections: who is in them, and who gets what is sent to them, on one node
 * and on three.
 */
@ParameterizedClass
@ValueSource(ints = { 1, 3 })
@Timeout(120)
class GroupTests {

	private final int count;

	@AutoClose
	private final TestNodes nodes;

	GroupTests(int count) {
		this.count = count;
		this.nodes = TestNodes.steady(count);
	}

	private TcpServer server() {
		return server((settings) -> {
		});
	}

	private TcpServer server(Consumer<TcpServerSettings.Builder> settings) {
		return this.nodes.serve(settings).get(0);
	}

	/** What is sent says how many connections of its own node get it. */
	private void assertSent(int here, int all) {
		if (this.count == 1) {
			assertThat(here).isEqualTo(all);
		}
		else {
			assertThat(here).isBetween(0, all);
		}
	}

	private static void awaitSize(Audience audience, int size) {
		Awaitility.await().until(() -> audience.size() == size);
	}

	private void join(String group, List<Connection> connections) {
		connections.forEach((connection) -> this.nodes.join(group, connection));
	}

	@Test
	void whenGroupIsSentToThenOthersHearNothing() {
		TcpServer server = server();
		List<Connection> connections = this.nodes.connect(6);
		join("a", connections.subList(0, 3));
		join("b", connections.subList(2, 5));
		assertSent(server.group("a").send("to a"), 3);
		assertSent(server.group("b").send("to b"), 3);
		assertThat(server.group("c").send("to nobody")).isZero();
		assertSent(server.all().send("end"), 6);
		assertThat(this.nodes.linesUntilEnd()).containsExactly(List.of("to a"), List.of("to a"),
				List.of("to a", "to b"), List.of("to b"), List.of("to b"), List.of());
		assertThat(connections.get(2).getGroups()).containsExactlyInAnyOrder("a", "b");
		awaitSize(server.group("a"), 3);
		assertThat(server.group("a").members()).extracting(ConnectionInfo::id)
			.containsExactlyInAnyOrderElementsOf(ids(connections.subList(0, 3)));
		assertThat(server.group("a").here().size()).isEqualTo((this.count == 1) ? 3 : 1);
	}

	@Test
	void whenConnectionIsExcludedThenItIsOnEveryNode() {
		TcpServer server = server();
		List<Connection> connections = this.nodes.connect(4);
		List<String> ids = ids(connections);
		join("hall", connections.subList(0, 3));
		assertSent(server.group("hall").send("hall", ids.get(0)), 2);
		assertSent(server.all().send("all", ids.get(1), ids.get(2), ids.get(1), "nobody"), 2);
		assertSent(server.connection(ids.get(3)).send("one"), 1);
		assertThat(server.connection(ids.get(3)).send("none", ids.get(3))).isZero();
		assertThat(server.connection("nobody").send("none")).isZero();
		server.broadcast("end");
		assertThat(this.nodes.linesUntilEnd()).containsExactly(List.of("all"), List.of("hall"), List.of("hall"),
				List.of("all", "one"));
	}

	@Test
	void whenGroupIsKickedThenOnlyItsMembersAreClosed() {
		TcpServer server = server();
		List<Connection> connections = this.nodes.connect(3);
		join("hall", connections.subList(0, 2));
		server.group("hall").kick();
		assertThat(connections.get(0).closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		assertThat(connections.get(1).closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		awaitSize(server.all(), 1);
		awaitSize(server.group("hall"), 0);
		assertThat(connections.get(2).isOpen()).isTrue();
	}

	@Test
	void whenJoinHasCompletedThenTheNextMessageArrives() {
		TcpServer server = server();
		Connection connection = this.nodes.connectTo(this.count - 1);
		Group there = this.nodes.of(connection).group("hall");
		Group group = server.group("hall");
		assertThat(there.join(connection)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertSent(group.send("here"), 1);
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("here");
		assertThat(group.join(connection.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
		assertThat(group.leave(connection.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(there.leave(connection)).isFalse();
		assertThat(group.send("gone")).isZero();
		assertThat(group.join(connection.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertSent(group.send("again"), 1);
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("again");
		awaitSize(group, 1);
		assertThat(there.leave(connection)).isTrue();
		assertThat(connection.getGroups()).isEmpty();
		assertFailed(group.join("nobody"), SocketErrorCode.NOT_CONNECTED);
		assertThat(group.leave("nobody")).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void whenConnectionClosesThenItIsInNoGroupAnywhere(int whoCloses) throws InterruptedException {
		server();
		TcpServer server = this.nodes.server(this.count - 1);
		List<Group> groups = List.of(server.group("a"), server.group("b"), server.group("c"));
		for (int i = 0; i < 1000 / this.count; i++) {
			try (Peer peer = new Peer(server)) {
				Connection connection = this.nodes.endpoints(this.count - 1).onlyConnection(server);
				groups.get(0).join(connection);
				CountDownLatch begun = new CountDownLatch(1);
				Thread joiner = new Thread(() -> {
					begun.countDown();
					while (!groups.get(1).join(connection).isCompletedExceptionally()
							&& !groups.get(2).join(connection.getId()).isCompletedExceptionally()) {
						groups.get(1).leave(connection);
						groups.get(2).leave(connection);
					}
				});
				joiner.start();
				begun.await();
				end(whoCloses, connection, peer);
				joiner.join();
				Awaitility.await().until(() -> server.getConnections().isEmpty());
				assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON);
				assertThat(groups).allSatisfy((group) -> assertThat(group.size()).isZero());
				assertThat(connection.getGroups()).isEmpty();
				assertFailed(groups.get(0).join(connection), SocketErrorCode.NOT_CONNECTED);
				assertThat(groups.get(0).leave(connection)).isFalse();
			}
		}
		assertThat(this.nodes.endpoints(this.count - 1).kept(server)).isZero();
		for (String group : List.of("a", "b", "c")) {
			awaitSize(this.nodes.server(0).group(group), 0);
		}
		awaitSize(this.nodes.server(0).all(), 0);
	}

	@Test
	void whenNameIsUnusualThenItIsOnlyAName() {
		TcpServer server = server();
		List<String> names = List.of("*", "#", "a:b", "a", "b", " ", "\n", "\u0000", "x".repeat(255),
				"\uD834\uDD1E".repeat(63) + "xyz");
		List<Connection> connections = this.nodes.connect(names.size());
		for (int i = 0; i < names.size(); i++) {
			this.nodes.join(names.get(i), connections.get(i));
			assertThat(connections.get(i).getGroups()).containsExactly(names.get(i));
		}
		for (int i = 0; i < names.size(); i++) {
			assertSent(server.group(names.get(i)).send("to " + i), 1);
		}
		server.broadcast("end");
		List<List<String>> lines = this.nodes.linesUntilEnd();
		for (int i = 0; i < names.size(); i++) {
			assertThat(lines.get(i)).containsExactly("to " + i);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "half", "long", "longer" })
	void whenWhatIsGivenIsNoNameThenItIsRefused(String kind) {
		TcpServer server = server();
		String name = switch (kind) {
			case "half" -> "a\uD834";
			case "long" -> "x".repeat(256);
			case "longer" -> "\uD834\uDD1E".repeat(64);
			default -> "";
		};
		assertThatIllegalArgumentException().isThrownBy(() -> server.group(name)).withMessageContaining("A group");
	}

	@Test
	void whenAConnectionIsInAsManyGroupsAsItMayThenItJoinsNoMore() {
		TcpServer server = server((settings) -> settings.members((members) -> members.maxGroups(3)));
		Connection connection = this.nodes.connectTo(this.count - 1);
		Connection other = this.nodes.connectTo(0);
		TcpServer there = this.nodes.of(connection);
		List.of("a", "b", "c").forEach((name) -> this.nodes.join(name, connection));
		assertFailed(there.group("d").join(connection), SocketErrorCode.TOO_MANY_GROUPS);
		CompletableFuture<Boolean> joined = server.group("d").join(connection.getId());
		assertFailed(joined, SocketErrorCode.TOO_MANY_GROUPS);
		assertThat(joined).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.withMessageMatching(".*(is in 3 groups|TOO_MANY_GROUPS).*");
		assertThat(there.group("a").join(connection)).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
		assertThat(server.group("d").size()).isZero();
		assertThat(server.group("d").join(other)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(there.group("a").leave(connection)).isTrue();
		assertThat(there.group("d").join(connection)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
	}

	@Test
	void whenAConnectionIsOfAnotherEndpointThenItIsRefused() {
		TcpServer server = server();
		TcpServer others = this.nodes.endpoints(0)
			.serve("other", (settings) -> settings.members((members) -> members.maxGroups(1)));
		try (Peer peer = new Peer(others)) {
			Connection other = this.nodes.endpoints(0).onlyConnection(others);
			refuse(server, other, peer);
		}
	}

	private static void refuse(TcpServer server, Connection other, Peer peer) {
		assertThat(other.getRemoteAddress()).isEqualTo(peer.address());
		assertThatIllegalArgumentException().isThrownBy(() -> server.group("a").join(other))
			.withMessageEndingWith(" is no connection of TCP server 'server'");
		assertThatIllegalArgumentException().isThrownBy(() -> server.group("a").leave(other));
		assertThat(server.group("a").size()).isZero();
	}

	@Test
	void whenAHandshakeJoinsThenNothingIsSentBeforeItHasEnded() {
		CompletableFuture<Void> checked = new CompletableFuture<>();
		CompletableFuture<Connection> begun = new CompletableFuture<>();
		TcpServer server = server(
				(settings) -> settings.connection((connections) -> connections.handshake((connection) -> {
					begun.complete(connection);
					return checked;
				})));
		try (Peer peer = new Peer(server)) {
			Connection connection = begun.join();
			assertThat(server.group("hall").join(connection)).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
			assertThat(server.group("hall").send("too early")).isZero();
			assertThat(server.group("hall").size()).isZero();
			checked.complete(null);
			this.nodes.endpoints(0).awaitEvent(ConnectedEvent.class);
			assertThat(server.group("hall").send("welcome")).isOne();
			assertThat(peer.readLine()).isEqualTo("welcome");
		}
	}

	@Test
	void whenTheServerStartsAgainThenItHasNoGroups() {
		TcpServer server = server();
		this.nodes.connectTo(0);
		join("hall", this.nodes.connect(1));
		server.stop();
		assertThat(server.group("hall").size()).isZero();
		assertThat(this.nodes.endpoints(0).kept(server)).isZero();
		server.start();
		assertThat(server.group("hall").send("nobody")).isZero();
	}

	@Test
	void whenManyJoinAndLeaveAtOnceThenEachIsInWhatItHasJoinedLast() throws InterruptedException {
		TcpServer server = server();
		List<Connection> connections = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			connections.add(this.nodes.connectTo(0));
		}
		List<Thread> threads = new ArrayList<>();
		for (int t = 0; t < 8; t++) {
			Group own = server.group("own-" + t);
			threads.add(new Thread(() -> {
				for (int i = 0; i < 2000; i++) {
					Connection connection = connections.get(i % 8);
					own.join(connection);
					server.group("shared").join(connection);
					if (i < 1992) {
						own.leave(connection);
						server.group("shared").leave(connection);
					}
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		for (int t = 0; t < 8; t++) {
			assertThat(server.group("own-" + t).size()).isEqualTo(8);
		}
		assertThat(connections).allSatisfy((connection) -> {
			long own = connection.getGroups().stream().filter((name) -> name.startsWith("own-")).count();
			assertThat(own).isEqualTo(8);
		});
		assertThat(server.group("shared").members()).extracting(ConnectionInfo::id)
			.containsExactlyInAnyOrderElementsOf(connections.stream()
				.filter((connection) -> connection.getGroups().contains("shared"))
				.map(Connection::getId)
				.toList());
	}

	@Test
	void whenManySendThenEachSendersOrderHolds() throws InterruptedException {
		TcpServer server = server(
				(settings) -> settings.connection((connection) -> connection.maxPending(64 * 1024 * 1024)));
		List<Connection> connections = this.nodes.connect(5);
		join("hall", connections);
		List<Thread> senders = new ArrayList<>();
		for (int s = 0; s < 3; s++) {
			String name = "s" + s + " ";
			senders.add(new Thread(() -> {
				for (int i = 0; i < 3000; i++) {
					String message = name + i;
					switch (i % 3) {
						case 0 -> server.broadcast(message);
						case 1 -> server.group("hall").send(message);
						default -> connections.forEach((to) -> server.connection(to.getId()).send(message));
					}
				}
			}));
		}
		senders.forEach(Thread::start);
		for (int p = 0; p < 5; p++) {
			int[] next = new int[3];
			for (int i = 0; i < 9000; i++) {
				String line = this.nodes.peer(p).readLine();
				assertThat(line.substring(3)).isEqualTo(String.valueOf(next[line.charAt(1) - '0']++));
			}
		}
		for (Thread sender : senders) {
			sender.join();
		}
	}

	@Test
	void whenConsumersAreSlowThenTheOtherMembersAreNot() {
		TcpServer server = server((settings) -> settings.connection((connection) -> connection.maxPending(256 * 1024)));
		try (Peer deaf = new Peer(server.getLocalAddress(), 4096)) {
			Connection slow = this.nodes.endpoints(0).onlyConnection(server);
			assertThat(slow.getRemoteAddress()).isEqualTo(deaf.address());
			server.group("hall").join(slow);
			join("hall", this.nodes.connect(2));
			String large = "x".repeat(20_000);
			for (int i = 0; i < 1000; i++) {
				server.group("hall").send(i + large);
				assertThat(this.nodes.peer(0).readLine()).isEqualTo(i + large);
				assertThat(this.nodes.peer(1).readLine()).isEqualTo(i + large);
			}
			awaitSize(server.group("hall"), 2);
			assertSent(server.group("hall").send("end"), 2);
		}
	}

	private static void end(int whoCloses, Connection connection, Peer peer) {
		switch (whoCloses) {
			case 0 -> connection.close();
			case 1 -> peer.reset();
			default -> peer.close();
		}
	}

	private static void assertFailed(CompletableFuture<?> result, SocketErrorCode code) {
		BackplaneTests.assertCode(result, code);
	}

	private static List<String> ids(List<Connection> connections) {
		return connections.stream().map(Connection::getId).toList();
	}

}

package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.Group;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Groups of connections: who is in them, and who gets what is sent to them.
 */
@Timeout(120)
class GroupTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@AutoClose
	private final Peers peers = new Peers();

	@Test
	void whenGroupIsSentToThenOthersHearNothing() {
		TcpServer server = this.endpoints.server();
		List<Connection> connections = this.peers.connect(server, 6);
		connections.subList(0, 3).forEach(server.group("a")::join);
		connections.subList(2, 5).forEach(server.group("b")::join);
		assertThat(server.group("a").send("to a")).isEqualTo(3);
		assertThat(server.group("b").here().send("to b")).isEqualTo(3);
		assertThat(server.group("c").send("to nobody")).isZero();
		assertThat(server.all().send("end")).isEqualTo(6);
		assertThat(this.peers.linesUntilEnd()).containsExactly(List.of("to a"), List.of("to a"),
				List.of("to a", "to b"), List.of("to b"), List.of("to b"), List.of());
		assertThat(connections.get(2).getGroups()).containsExactlyInAnyOrder("a", "b");
		assertThat(server.group("a").members()).extracting(ConnectionInfo::id)
			.containsExactlyInAnyOrderElementsOf(ids(connections.subList(0, 3)));
	}

	@Test
	void whenConnectionIsExcludedThenItIsOnEveryNode() {
		TcpServer server = this.endpoints.server();
		List<Connection> connections = this.peers.connect(server, 4);
		List<String> ids = ids(connections);
		connections.subList(0, 3).forEach(server.group("hall")::join);
		assertThat(server.group("hall").send("hall", ids.get(0))).isEqualTo(2);
		assertThat(server.all().send("all", ids.get(1), ids.get(2), ids.get(1), "nobody")).isEqualTo(2);
		assertThat(server.connection(ids.get(3)).send("one")).isEqualTo(1);
		assertThat(server.connection(ids.get(3)).send("none", ids.get(3))).isZero();
		assertThat(server.connection("nobody").send("none")).isZero();
		server.broadcast("end");
		assertThat(this.peers.linesUntilEnd()).containsExactly(List.of("all"), List.of("hall"), List.of("hall"),
				List.of("all", "one"));
	}

	@Test
	void whenGroupIsKickedThenOnlyItsMembersAreClosed() {
		TcpServer server = this.endpoints.server();
		List<Connection> connections = this.peers.connect(server, 3);
		connections.subList(0, 2).forEach(server.group("hall")::join);
		server.group("hall").kick();
		Awaitility.await().until(() -> server.all().size() == 1);
		assertThat(server.getConnections()).containsExactly(connections.get(2));
		assertThat(server.group("hall").size()).isZero();
	}

	@Test
	void whenJoinHasCompletedThenTheNextMessageArrives() {
		TcpServer server = this.endpoints.server();
		Connection connection = this.peers.connect(server, 1).get(0);
		Group group = server.group("hall");
		assertThat(group.join(connection)).isCompletedWithValue(true);
		assertThat(group.send("here")).isOne();
		assertThat(this.peers.get(0).readLine()).isEqualTo("here");
		assertThat(group.join(connection.getId())).isCompletedWithValue(false);
		assertThat(group.leave(connection.getId())).isCompletedWithValue(true);
		assertThat(group.leave(connection)).isFalse();
		assertThat(group.send("gone")).isZero();
		assertThat(group.join(connection.getId())).isCompletedWithValue(true);
		assertThat(group.size()).isOne();
		assertThat(group.leave(connection)).isTrue();
		assertThat(connection.getGroups()).isEmpty();
		assertFailed(group.join("nobody"), SocketErrorCode.NOT_CONNECTED);
		assertThat(group.leave("nobody")).isCompletedWithValue(false);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void whenConnectionClosesThenItIsInNoGroupAnywhere(int whoCloses) throws InterruptedException {
		TcpServer server = this.endpoints.server();
		List<Group> groups = List.of(server.group("a"), server.group("b"), server.group("c"));
		for (int i = 0; i < 1000; i++) {
			try (Peer peer = new Peer(server)) {
				Connection connection = this.endpoints.onlyConnection(server);
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
		assertThat(this.endpoints.kept(server)).isZero();
	}

	@Test
	void whenNameIsUnusualThenItIsOnlyAName() {
		TcpServer server = this.endpoints.server();
		List<String> names = List.of("*", "#", "a:b", "a", "b", " ", "\n", "\u0000", "x".repeat(255),
				"\uD834\uDD1E".repeat(63) + "xyz");
		List<Connection> connections = this.peers.connect(server, names.size());
		for (int i = 0; i < names.size(); i++) {
			server.group(names.get(i)).join(connections.get(i));
			assertThat(connections.get(i).getGroups()).containsExactly(names.get(i));
		}
		for (int i = 0; i < names.size(); i++) {
			assertThat(server.group(names.get(i)).send("to " + i)).isOne();
		}
		server.broadcast("end");
		List<List<String>> lines = this.peers.linesUntilEnd();
		for (int i = 0; i < names.size(); i++) {
			assertThat(lines.get(i)).containsExactly("to " + i);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "half", "long", "longer" })
	void whenWhatIsGivenIsNoNameThenItIsRefused(String kind) {
		TcpServer server = this.endpoints.server();
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
		TcpServer server = this.endpoints.serve((settings) -> settings.maxGroups(3));
		List<Connection> connections = this.peers.connect(server, 2);
		Connection connection = connections.get(0);
		List.of("a", "b", "c").forEach((name) -> assertThat(server.group(name).join(connection)).isCompleted());
		assertFailed(server.group("d").join(connection), SocketErrorCode.TOO_MANY_GROUPS);
		assertFailed(server.group("d").join(connection.getId()), SocketErrorCode.TOO_MANY_GROUPS);
		assertThat(server.group("a").join(connection)).isCompletedWithValue(false);
		assertThat(server.group("d").size()).isZero();
		assertThat(server.group("d").join(connections.get(1))).isCompletedWithValue(true);
		assertThat(server.group("a").leave(connection)).isTrue();
		assertThat(server.group("d").join(connection)).isCompletedWithValue(true);
	}

	@Test
	void whenAConnectionIsOfAnotherEndpointThenItIsRefused() {
		TcpServer server = this.endpoints.server();
		Connection other = this.peers.connect(this.endpoints.serve("other", (settings) -> settings.maxGroups(1)), 1)
			.get(0);
		assertThatIllegalArgumentException().isThrownBy(() -> server.group("a").join(other))
			.withMessageEndingWith(" is no connection of TCP server 'server'");
		assertThatIllegalArgumentException().isThrownBy(() -> server.group("a").leave(other));
		assertThat(server.group("a").size()).isZero();
	}

	@Test
	void whenAHandshakeJoinsThenNothingIsSentBeforeItHasEnded() {
		CompletableFuture<Void> checked = new CompletableFuture<>();
		CompletableFuture<Connection> begun = new CompletableFuture<>();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.connection((connections) -> connections.handshake((connection) -> {
				begun.complete(connection);
				return checked;
			})));
		try (Peer peer = new Peer(server)) {
			Connection connection = begun.join();
			assertThat(server.group("hall").join(connection)).isCompletedWithValue(true);
			assertThat(server.group("hall").send("too early")).isZero();
			assertThat(server.group("hall").size()).isZero();
			checked.complete(null);
			this.endpoints.awaitEvent(ConnectedEvent.class);
			assertThat(server.group("hall").send("welcome")).isOne();
			assertThat(peer.readLine()).isEqualTo("welcome");
		}
	}

	@Test
	void whenTheServerStartsAgainThenItHasNoGroups() {
		TcpServer server = this.endpoints.server();
		this.peers.connect(server, 3).forEach(server.group("hall")::join);
		server.stop();
		assertThat(server.group("hall").size()).isZero();
		assertThat(this.endpoints.kept(server)).isZero();
		server.start();
		assertThat(server.group("hall").send("nobody")).isZero();
	}

	@Test
	void whenManyJoinAndLeaveAtOnceThenEachIsInWhatItHasJoinedLast() throws InterruptedException {
		TcpServer server = this.endpoints.server();
		List<Connection> connections = this.peers.connect(server, 8);
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
		TcpServer server = this.endpoints.server((connection) -> connection.maxPending(64 * 1024 * 1024));
		List<Connection> connections = this.peers.connect(server, 5);
		connections.forEach(server.group("hall")::join);
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
				String line = this.peers.get(p).readLine();
				assertThat(line.substring(3)).isEqualTo(String.valueOf(next[line.charAt(1) - '0']++));
			}
		}
		for (Thread sender : senders) {
			sender.join();
		}
	}

	@Test
	void whenConsumersAreSlowThenTheOtherMembersAreNot() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxPending(256 * 1024));
		try (Peer deaf = new Peer(server.getLocalAddress(), 4096)) {
			Connection slow = this.endpoints.onlyConnection(server);
			assertThat(slow.getRemoteAddress()).isEqualTo(deaf.address());
			server.group("hall").join(slow);
			this.peers.connect(server, 2, 1).forEach(server.group("hall")::join);
			String large = "x".repeat(20_000);
			for (int i = 0; i < 1000; i++) {
				server.group("hall").send(i + large);
				assertThat(this.peers.get(0).readLine()).isEqualTo(i + large);
				assertThat(this.peers.get(1).readLine()).isEqualTo(i + large);
			}
			Awaitility.await().until(() -> server.group("hall").size() == 2);
			assertThat(server.group("hall").send("end")).isEqualTo(2);
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
		assertThat(result).isCompletedExceptionally();
		assertThat(result.handle((value, failure) -> failure).join()).isInstanceOfSatisfying(
				SocketOperationException.class, (failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

	private static List<String> ids(List<Connection> connections) {
		return connections.stream().map(Connection::getId).toList();
	}

}

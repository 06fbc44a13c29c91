package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.time.Instant;
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
import dev.sockets.event.DisconnectReason;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TlsStart;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whose connections they are, and who is there.
 */
@Timeout(120)
class UserTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@AutoClose
	private final Peers peers = new Peers();

	private TcpServer server() {
		return this.endpoints.serve((settings) -> settings.duplicateSession(DuplicateSession.ALLOW));
	}

	@Test
	void whenConnectionsAreBoundThenTheirUserIsReachedAndNobodyElse() {
		TcpServer server = server();
		List<Connection> connections = this.peers.connect(server, 4);
		connections.get(0).bind("ada");
		connections.get(1).bind("ada");
		connections.get(2).bind("eve");
		assertThat(server.user("ada").send("to ada")).isEqualTo(2);
		assertThat(server.user("ada").send("to the other", connections.get(0).getId())).isOne();
		connections.get(2).bind("bob");
		assertThat(server.user("eve").send("to nobody")).isZero();
		assertThat(server.user("bob").here().send("to bob")).isOne();
		server.broadcast("end");
		assertThat(this.peers.linesUntilEnd()).containsExactly(List.of("to ada"), List.of("to ada", "to the other"),
				List.of("to bob"), List.of());
		assertThat(connections.get(2).getUser()).contains("bob");
		assertThat(connections.get(3).getUser()).isEmpty();
		assertThat(server.user("ada").size()).isEqualTo(2);
		assertThat(server.user("ada").members()).extracting(ConnectionInfo::id)
			.containsExactlyInAnyOrder(connections.get(0).getId(), connections.get(1).getId());
		assertThatIllegalArgumentException().isThrownBy(() -> server.user("")).withMessageContaining("A user");
	}

	@Test
	void whenAUserIsKickedThenAllItsConnectionsAreClosed() {
		TcpServer server = server();
		List<Connection> connections = this.peers.connect(server, 3);
		connections.subList(0, 2).forEach((connection) -> connection.bind("ada"));
		server.user("ada").kick();
		assertThat(connections.get(0).closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		assertThat(connections.get(1).closed()).succeedsWithin(TestEndpoints.SOON);
		assertThat(server.user("ada").size()).isZero();
		assertThat(connections.get(2).isOpen()).isTrue();
	}

	@Test
	void whenADeviceLogsOutThenItsConnectionIsNobodys() {
		TcpServer server = server();
		Connection connection = this.peers.connect(server, 1).get(0);
		connection.bind("ada");
		assertThat(server.user("ada").size()).isOne();
		connection.unbind();
		assertThat(server.user("ada").size()).isZero();
		assertThat(server.presence().find(connection.getId()).orElseThrow().user()).isEmpty();
	}

	@Test
	void whenANewConnectionReplacesAnotherThenOnlyItIsReached() {
		TcpServer server = this.endpoints.server();
		List<Connection> connections = this.peers.connect(server, 2);
		connections.get(0).bind("robot-7");
		assertThat(server.user("robot-7").send("first")).isOne();
		connections.get(1).bind("robot-7");
		assertThat(server.user("robot-7").send("second")).isOne();
		assertThat(this.peers.get(0).readLine()).isEqualTo("first");
		assertThat(this.peers.get(0).readLine()).isNull();
		assertThat(this.peers.get(1).readLine()).isEqualTo("second");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenItIsBoundWhileItClosesThenNothingIsKept(boolean ours) throws InterruptedException {
		TcpServer server = server();
		for (int i = 0; i < 1000; i++) {
			try (Peer peer = new Peer(server)) {
				Connection connection = this.endpoints.onlyConnection(server);
				CountDownLatch begun = new CountDownLatch(1);
				Thread binder = new Thread(() -> {
					begun.countDown();
					try {
						for (int n = 0;; n++) {
							connection.bind("ada " + n % 2);
						}
					}
					catch (SocketOperationException ex) {
						// it has ended
					}
				});
				binder.start();
				begun.await();
				if (ours) {
					connection.close();
				}
				else {
					peer.reset();
				}
				binder.join();
				assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON);
				assertThat(server.presence().ofUser("ada 0")).isEmpty();
				assertThat(server.presence().ofUser("ada 1")).isEmpty();
			}
		}
		assertThat(this.endpoints.kept(server)).isZero();
	}

	@Test
	void whenAHandshakeBindsThenItsUserIsReachedOnceTheApplicationKnowsIt() {
		CompletableFuture<Void> checked = new CompletableFuture<>();
		CompletableFuture<Connection> begun = new CompletableFuture<>();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.connection((connections) -> connections.handshake((connection) -> {
				connection.bind("ada");
				begun.complete(connection);
				return checked;
			})));
		try (Peer peer = new Peer(server)) {
			assertThat(begun).succeedsWithin(TestEndpoints.SOON);
			assertThat(server.user("ada").send("too early")).isZero();
			assertThat(server.presence().ofUser("ada")).isEmpty();
			checked.complete(null);
			this.endpoints.awaitEvent(ConnectedEvent.class);
			assertThat(server.user("ada").send("welcome")).isOne();
			assertThat(peer.readLine()).isEqualTo("welcome");
		}
	}

	@Test
	void whenAUserHasLoggedInThenThatIsAUserAtOnceUnlessItIsBound() {
		Principal ada = () -> "ada";
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator((login) -> ada));
		this.endpoints
			.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.credentials(Credentials.of("ada", "s3cret")))
			.connect();
		Connection connection = this.endpoints.onlyConnection(server);
		assertThat(server.user("ada").send("hello")).isOne();
		assertThat(connection.getUser()).contains("ada");
		connection.bind("device of ada");
		assertThat(server.user("ada").send("hello")).isZero();
		assertThat(server.user("device of ada").send("hello")).isOne();
		connection.unbind();
		assertThat(server.user("device of ada").send("hello")).isZero();
		assertThat(server.user("ada").send("hello")).isOne();
	}

	@Test
	void whenThePrincipalHasTooLongANameThenItIsNoUser() {
		Principal stranger = () -> "x".repeat(256);
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator((login) -> stranger));
		this.endpoints
			.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.credentials(Credentials.of("ada", "s3cret")))
			.connect();
		assertThat(this.endpoints.onlyConnection(server).getUser()).isEmpty();
		assertThat(this.endpoints.kept(server)).isZero();
	}

	@Test
	void whenTlsBeginsLaterThenTheCertificateSaysTheUser() throws IOException {
		TcpServer server = this.endpoints
			.server((connection) -> connection.tls(TestTls.settings(TestTls.context("server"))

				.clientAuth(ClientAuth.NEED)
				.start(TlsStart.ON_DEMAND)
				.build()));
		this.endpoints.onMessage((message) -> {
			message.reply("go ahead");
			((Connection) message.getPeer()).startTls();
		});
		Socket raw = new Socket(server.getLocalAddress().getAddress(), server.getLocalAddress().getPort());
		try (Peer plain = new Peer(raw)) {
			assertThat(plain.ask("STARTTLS")).isEqualTo("go ahead");
			assertThat(server.presence().size()).isOne();
			Peer tls = new Peer(
					TestTls.context("client").getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true));
			assertThat(tls.ask("again")).isEqualTo("go ahead");
			Awaitility.await().until(() -> server.user("CN=client").send("hello") == 1);
			assertThat(tls.readLine()).isEqualTo("hello");
		}
	}

	@Test
	void whenSomebodyIsConnectedThenPresenceKnows() {
		TcpServer server = server();
		List<Connection> connections = this.peers.connect(server, 3);
		Connection connection = connections.get(0);
		connection.bind("ada");
		server.group("hall").join(connection);
		server.group("hall").join(connections.get(1));
		assertThat(server.presence().isCurrent()).isTrue();
		assertThat(server.presence().size()).isEqualTo(3);
		ConnectionInfo info = server.presence().find(connection.getId()).orElseThrow();
		assertThat(info.user()).contains("ada");
		assertThat(info.groups()).containsExactly("hall");
		assertThat(info.remote()).isEqualTo(this.peers.get(0).address());
		assertThat(info.openedAt()).isEqualTo(connection.getOpenedAt());
		assertThat(server.presence().ofUser("ada")).containsExactly(info);
		assertThat(server.presence().ofGroup("hall")).hasSize(2).contains(info);
		assertThat(server.presence().all()).hasSize(3).contains(info);
		NodeInfo node = server.presence().nodes().get(0);
		assertThat(server.presence().nodes()).containsExactly(node);
		assertThat(node.here()).isTrue();
		assertThat(node.connections()).isEqualTo(3);
		assertThat(node.since()).isEqualTo(Instant.ofEpochMilli(this.endpoints.context().getStartupDate()));
		assertThat(node.silentFor()).isZero();
		assertThat(info.node()).isEqualTo(node.id());
		assertThat(info.id()).startsWith(node.id() + "-");
		connection.close();
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON);
		assertThat(server.presence().find(connection.getId())).isEmpty();
		assertThat(server.presence().ofUser("ada")).isEmpty();
		assertThat(server.presence().ofGroup("hall")).hasSize(1);
		assertThat(server.presence().ofGroup("")).isEmpty();
		assertThat(server.presence().size()).isEqualTo(2);
	}

	@Test
	void whenAConnectionIsNamedByItsIdThenItIsSentToAndKicked() {
		TcpServer server = server();
		Connection connection = this.peers.connect(server, 1).get(0);
		assertThat(server.sendAsync(connection.getId(), "hello")).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.peers.get(0).readLine()).isEqualTo("hello");
		assertThat(server.sendAsync("nobody", "hello")
			.handle((nothing, failure) -> ((SocketOperationException) failure).getCode())
			.join()).isEqualTo(SocketErrorCode.NOT_CONNECTED);
		assertThat(server.kick("nobody")).isCompletedWithValue(false);
		assertThat(server.kick(connection.getId())).isCompletedWithValue(true);
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		assertThat(server.kick(connection.getId())).isCompletedWithValue(false);
	}

}

package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.time.Instant;
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
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ClientAuth;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.DuplicateSession;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.TlsStart;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whose connections they are, and who is there, on one node and on three.
 */
@ParameterizedClass
@ValueSource(ints = { 1, 3 })
@Timeout(120)
class UserTests {

	private final int count;

	@AutoClose
	private final TestNodes nodes;

	UserTests(int count) {
		this.count = count;
		this.nodes = TestNodes.steady(count);
	}

	private TcpServer server() {
		return serve((settings) -> settings.duplicateSession(DuplicateSession.ALLOW));
	}

	private TcpServer serve(Consumer<TcpServerSettings.Builder> settings) {
		return this.nodes.serve(settings).get(0);
	}

	private TestEndpoints here() {
		return this.nodes.endpoints(0);
	}

	/** Waits for the channel that messages of other nodes to a user come by. */
	private void awaitReached(String user, List<Connection> connections) {
		connections.forEach((connection) -> Awaitility.await().until(() -> this.nodes.isReached(connection, user)));
	}

	private static void awaitSize(Audience audience, int size) {
		Awaitility.await().until(() -> audience.size() == size);
	}

	@Test
	void whenConnectionsAreBoundThenTheirUserIsReachedAndNobodyElse() {
		TcpServer server = server();
		List<Connection> connections = this.nodes.connect(4);
		connections.get(0).bind("ada");
		connections.get(1).bind("ada");
		connections.get(2).bind("eve");
		awaitReached("ada", connections.subList(0, 2));
		assertThat(server.user("ada").send("to ada")).isEqualTo((this.count == 1) ? 2 : 1);
		server.user("ada").send("to the other", connections.get(0).getId());
		connections.get(2).bind("bob");
		awaitReached("bob", connections.subList(2, 3));
		assertThat(server.user("eve").send("to nobody")).isZero();
		server.user("bob").send("to bob");
		server.broadcast("end");
		assertThat(this.nodes.linesUntilEnd()).containsExactly(List.of("to ada"), List.of("to ada", "to the other"),
				List.of("to bob"), List.of());
		assertThat(connections.get(2).getUser()).contains("bob");
		assertThat(connections.get(3).getUser()).isEmpty();
		awaitSize(server.user("ada"), 2);
		assertThat(server.user("ada").members()).extracting(ConnectionInfo::id)
			.containsExactlyInAnyOrder(connections.get(0).getId(), connections.get(1).getId());
		assertThatIllegalArgumentException().isThrownBy(() -> server.user("")).withMessageContaining("A user");
	}

	@Test
	void whenAUserIsKickedThenAllItsConnectionsAreClosed() {
		TcpServer server = server();
		List<Connection> connections = this.nodes.connect(3);
		connections.subList(0, 2).forEach((connection) -> connection.bind("ada"));
		awaitReached("ada", connections.subList(0, 2));
		server.user("ada").kick();
		assertThat(connections.get(0).closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		assertThat(connections.get(1).closed()).succeedsWithin(TestEndpoints.SOON);
		awaitSize(server.user("ada"), 0);
		assertThat(connections.get(2).isOpen()).isTrue();
	}

	@Test
	void whenADeviceLogsOutThenItsConnectionIsNobodys() {
		TcpServer server = server();
		Connection connection = this.nodes.connectTo(this.count - 1);
		connection.bind("ada");
		awaitSize(server.user("ada"), 1);
		connection.unbind();
		awaitSize(server.user("ada"), 0);
		assertThat(server.presence().find(connection.getId()).orElseThrow().user()).isEmpty();
	}

	@Test
	void whenANewConnectionReplacesAnotherThenOnlyItIsReached() {
		TcpServer server = serve((settings) -> {
		});
		List<Connection> connections = List.of(this.nodes.connectTo(0), this.nodes.connectTo(0));
		connections.get(0).bind("robot-7");
		assertThat(server.user("robot-7").send("first")).isOne();
		connections.get(1).bind("robot-7");
		assertThat(server.user("robot-7").send("second")).isOne();
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("first");
		assertThat(this.nodes.peer(0).readLine()).isNull();
		assertThat(this.nodes.peer(1).readLine()).isEqualTo("second");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenItIsBoundWhileItClosesThenNothingIsKept(boolean ours) throws InterruptedException {
		TcpServer server = server();
		for (int i = 0; i < 1000; i++) {
			try (Peer peer = new Peer(server)) {
				Connection connection = here().onlyConnection(server);
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
		assertThat(here().kept(server)).isZero();
	}

	@Test
	void whenAHandshakeBindsThenItsUserIsReachedOnceTheApplicationKnowsIt() {
		CompletableFuture<Void> checked = new CompletableFuture<>();
		CompletableFuture<Connection> begun = new CompletableFuture<>();
		TcpServer server = serve(
				(settings) -> settings.connection((connections) -> connections.handshake((connection) -> {
					connection.bind("ada");
					begun.complete(connection);
					return checked;
				})));
		try (Peer peer = new Peer(server)) {
			assertThat(begun).succeedsWithin(TestEndpoints.SOON);
			assertThat(server.user("ada").send("too early")).isZero();
			assertThat(server.presence().ofUser("ada")).isEmpty();
			checked.complete(null);
			here().awaitEvent(ConnectedEvent.class);
			assertThat(server.user("ada").send("welcome")).isOne();
			assertThat(peer.readLine()).isEqualTo("welcome");
		}
	}

	@Test
	void whenAUserHasLoggedInThenThatIsAUserAtOnceUnlessItIsBound() {
		Principal ada = () -> "ada";
		TcpServer server = serve((settings) -> settings.authenticator((login) -> ada));
		here()
			.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.credentials(Credentials.of("ada", "s3cret")))
			.connect();
		Connection connection = here().onlyConnection(server);
		Awaitility.await().untilAsserted(() -> assertThat(server.user("ada").send("hello")).isOne());
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
		TcpServer server = serve((settings) -> settings.authenticator((login) -> stranger));
		here()
			.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.credentials(Credentials.of("ada", "s3cret")))
			.connect();
		assertThat(here().onlyConnection(server).getUser()).isEmpty();
		assertThat(here().kept(server)).isZero();
	}

	@Test
	void whenTlsBeginsLaterThenTheCertificateSaysTheUser() throws IOException {
		TcpServer server = serve((settings) -> settings
			.connection((connection) -> connection.tls(TestTls.settings(TestTls.context("server"))
				.clientAuth(ClientAuth.NEED)
				.start(TlsStart.ON_DEMAND)
				.build())));
		here().onMessage((message) -> {
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
		List<Connection> connections = this.nodes.connect(3);
		Connection connection = connections.get(this.count - 1);
		connection.bind("ada");
		this.nodes.join("hall", connection);
		this.nodes.join("hall", connections.get((this.count == 1) ? 1 : 0));
		assertThat(server.presence().isCurrent()).isTrue();
		awaitSize(server.all(), 3);
		awaitSize(server.group("hall"), 2);
		assertThat(server.presence().size()).isEqualTo(3);
		ConnectionInfo info = server.presence().find(connection.getId()).orElseThrow();
		assertThat(info.user()).contains("ada");
		assertThat(info.groups()).containsExactly("hall");
		assertThat(info.remote()).isEqualTo(this.nodes.peer(this.count - 1).address());
		assertThat(info.openedAt()).isEqualTo(connection.getOpenedAt());
		assertThat(server.presence().ofUser("ada")).containsExactly(info);
		assertThat(server.presence().ofGroup("hall")).hasSize(2).contains(info);
		assertThat(server.presence().all()).hasSize(3).contains(info);
		NodeInfo node = server.presence().nodes().get(0);
		assertThat(server.presence().nodes()).hasSize(this.count);
		assertThat(node.here()).isTrue();
		assertThat(node.connections()).isEqualTo((this.count == 1) ? 3 : 1);
		assertThat(node.since()).isBeforeOrEqualTo(Instant.now());
		assertThat(node.silentFor()).isZero();
		assertThat(info.id()).startsWith(info.node() + "-");
		connection.close();
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON);
		awaitSize(server.all(), 2);
		assertThat(server.presence().find(connection.getId())).isEmpty();
		assertThat(server.presence().ofUser("ada")).isEmpty();
		assertThat(server.presence().ofGroup("hall")).hasSize(1);
		assertThat(server.presence().ofGroup("")).isEmpty();
		assertThat(server.presence().size()).isEqualTo(2);
	}

	@Test
	void whenAConnectionIsNamedByItsIdThenItIsSentToAndKicked() {
		TcpServer server = server();
		Connection connection = this.nodes.connectTo(this.count - 1);
		assertThat(server.sendAsync(connection.getId(), "hello")).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.nodes.peer(0).readLine()).isEqualTo("hello");
		BackplaneTests.assertCode(server.sendAsync("nobody", "hello"), SocketErrorCode.NOT_CONNECTED);
		assertThat(server.kick("nobody")).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
		assertThat(server.kick(connection.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
		assertThat(connection.closed()).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.KICKED);
		assertThat(server.kick(connection.getId())).succeedsWithin(TestEndpoints.SOON).isEqualTo(false);
	}

}

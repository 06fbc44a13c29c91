package dev.sockets.runtime.tcp;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A client tries all its addresses within the deadline, and can be called off at any
 * moment.
 */
@Timeout(60)
class ConnectingTests {

	private static final String NOBODY = "127.0.0.2";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenTheFirstAddressRefusesThenTheNextIsTriedAndTheFirstAgainAtTheNextAttempt() {
		TcpServer second = this.endpoints.server();
		int port = second.getLocalAddress().getPort();
		TcpClient client = client(NOBODY, port, (settings) -> settings.alternatives(List.of(peer("127.0.0.1", port)))
			.reconnect(ReconnectingTests.QUICK));
		assertThat(address(client.connect())).isEqualTo("127.0.0.1");
		assertThat(this.endpoints.eventNames("client")).startsWith("EndpointStarted", "Connecting")
			.doesNotContain("ConnectionFailed");
		this.endpoints.serve("first", (settings) -> settings.host(NOBODY).port(port));
		ReconnectingTests.kick(client, second);
		Awaitility.await().until(() -> client.getConnection().map(ConnectingTests::address).orElse("").equals(NOBODY));
	}

	@Test
	void whenTheFirstAddressGivesNoAnswerThenTheNextGetsItsShareOfTheTime() throws Exception {
		try (SilentListener silent = new SilentListener()) {
			TcpServer second = this.endpoints.server();
			TcpClient client = client("127.0.0.1", silent.port(), (settings) -> settings
				.alternatives(Collections.nCopies(6, peer("127.0.0.1", second.getLocalAddress().getPort()))));
			long start = System.nanoTime();
			Connection connection = client.connect(Duration.ofSeconds(14));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1950));
			assertThat(connection.<String>request("ping", TestEndpoints.SOON)).isEqualTo("ping");
		}
	}

	@Test
	void whenNoAddressAnswersThenConnectEndsAtItsDeadlineHoweverManyThereAre() throws Exception {
		try (SilentListener silent = new SilentListener()) {
			TcpClient client = client("127.0.0.1", silent.port(),
					(settings) -> settings.alternatives(Collections.nCopies(60, peer("127.0.0.1", silent.port()))));
			long start = System.nanoTime();
			assertThat(failure(() -> client.connect(Duration.ofMillis(500))).getCode())
				.isEqualTo(SocketErrorCode.CONNECT_TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(490),
					Duration.ofSeconds(20));
			Awaitility.await().until(() -> !client.isConnecting());
		}
	}

	@Test
	void whenTheHostIsUnknownThenConnectSaysSo() {
		TcpClient client = client("no-such-host.invalid", 7, (settings) -> {
		});
		SocketOperationException failure = failure(client::connect);
		assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED);
		assertThat(failure).hasMessageContaining("Unknown host 'no-such-host.invalid'")
			.hasRootCauseInstanceOf(UnknownHostException.class);
	}

	@Test
	void whenTheFirstHostIsUnknownThenTheNextIsTried() {
		int port = this.endpoints.server().getLocalAddress().getPort();
		TcpClient client = client("no-such-host.invalid", 7,
				(settings) -> settings.alternatives(List.of(peer("localhost", port))));
		assertThat(address(client.connect())).isEqualTo("127.0.0.1");
	}

	@Test
	void whenSeveralThreadsConnectThenTheyShareOneAttempt() throws Exception {
		try (SilentListener silent = new SilentListener()) {
			int port = this.endpoints.server().getLocalAddress().getPort();
			TcpClient client = client("127.0.0.1", silent.port(),
					(settings) -> settings.alternatives(Collections.nCopies(6, peer("127.0.0.1", port)))
						.connectTimeout(Duration.ofSeconds(14)));
			List<CompletableFuture<Connection>> results = Collections.nCopies(4, client)
				.stream()
				.map((same) -> OwnThread.call(same::connect))
				.toList();
			Connection connection = results.get(0).get();
			assertThat(results)
				.allSatisfy((result) -> assertThat(result).succeedsWithin(TestEndpoints.SOON).isEqualTo(connection));
			assertThat(this.endpoints.events(ConnectingEvent.class)).hasSize(1);
			this.endpoints.awaitEvents(ConnectedEvent.class, 2);
		}
	}

	@Test
	void whenStoppedWhileConnectingThenItEndsAtOnceAndNothingIsLeft() throws Exception {
		try (SilentListener silent = new SilentListener()) {
			TcpClient client = client("127.0.0.1", silent.port(), (settings) -> {
			});
			stopWhileConnecting(client);
			long before = Resources.descriptorsNow();
			for (int i = 0; i < 20; i++) {
				stopWhileConnecting(client);
			}
			Awaitility.await().until(() -> Resources.descriptorsNow() <= before);
		}
	}

	private void stopWhileConnecting(TcpClient client) {
		CompletableFuture<Connection> connecting = connecting(client);
		long start = System.nanoTime();
		client.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		assertThat(code(connecting)).isEqualTo(SocketErrorCode.SHUTTING_DOWN);
		assertThat(this.endpoints.eventNames("client")).endsWith("Connecting", "ConnectionFailed", "EndpointStopped");
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
	}

	@Test
	void whenDisconnectedWhileConnectingThenConnectingEndsAtOnceAndANewAttemptIsItsOwn() throws Exception {
		int port;
		TcpClient client;
		try (SilentListener silent = new SilentListener()) {
			port = silent.port();
			client = client("127.0.0.1", port, (settings) -> {
			});
			CompletableFuture<Connection> connecting = connecting(client);
			client.disconnect();
			assertThat(client.isConnecting()).isFalse();
			assertThat(code(connecting)).isEqualTo(SocketErrorCode.NOT_CONNECTED);
			this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		}
		this.endpoints.newServer("server", port, (connection) -> {
		}).start();
		assertThat(client.connect().isOpen()).isTrue();
	}

	@Test
	void whenAHandlerThatMayNotWaitConnectsThenItFailsAtOnce() {
		TcpServer server = this.endpoints.server();
		TcpClient other = this.endpoints.newClient("other", server.getLocalAddress().getPort(), (settings) -> {
		});
		CompletableFuture<Throwable> thrown = new CompletableFuture<>();
		this.endpoints.onMessage("client", (message) -> {
			try {
				other.connect();
				thrown.complete(null);
			}
			catch (RuntimeException ex) {
				thrown.complete(ex);
			}
		});
		TcpClient client = client("127.0.0.1", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.dispatch(Dispatch.LOOP)));
		client.connect().send("ping");
		assertThat(thrown).succeedsWithin(TestEndpoints.SOON).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void whenAHandlerConnectsAnotherClientThenTheLoopGoesOn() {
		TcpServer server = this.endpoints.server();
		TcpClient other = this.endpoints.newClient("other", server.getLocalAddress().getPort(), (settings) -> {
		});
		CompletableFuture<Boolean> opened = new CompletableFuture<>();
		this.endpoints.onMessage("client", (message) -> opened.complete(other.connect().isOpen()));
		TcpClient client = client("127.0.0.1", server.getLocalAddress().getPort(), (settings) -> {
		});
		client.connect().send("ping");
		assertThat(opened).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
	}

	private static CompletableFuture<Connection> connecting(TcpClient client) {
		CompletableFuture<Connection> result = OwnThread.call(client::connect);
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(client::isConnecting);
		return result;
	}

	private static SocketErrorCode code(CompletableFuture<?> result) {
		SocketErrorCode[] code = new SocketErrorCode[1];
		assertThat(result).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class, (failure) -> code[0] = failure.getCode());
		return code[0];
	}

	private static SocketOperationException failure(ThrowingCallable call) {
		return catchThrowableOfType(SocketOperationException.class, call);
	}

	private static String address(Connection connection) {
		return connection.getRemoteAddress().getAddress().getHostAddress();
	}

	private static dev.sockets.tcp.Peer peer(String host, int port) {
		return new dev.sockets.tcp.Peer(host, port);
	}

	private TcpClient client(String host, int port, Consumer<TcpClientSettings.Builder> settings) {
		return this.endpoints.newClient("client", port, (builder) -> settings.accept(builder.host(host)));
	}

}

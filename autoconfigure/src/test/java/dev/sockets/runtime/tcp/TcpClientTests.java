package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A client has at most one connection, and every attempt to get it ends.
 */
@Timeout(60)
class TcpClientTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenTwoClientsShareAServerThenEachGetsItsOwnReplies(Dispatch dispatch) {
		Queue<Object> first = new ConcurrentLinkedQueue<>();
		Queue<Object> second = new ConcurrentLinkedQueue<>();
		this.endpoints.echo()
			.onMessage("first", (message) -> first.add(message.getPayload()))
			.onMessage("second", (message) -> second.add(message.getPayload()));
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		int port = server.getLocalAddress().getPort();
		List<TcpClient> clients = List.of("first", "second")
			.stream()
			.map((name) -> this.endpoints.newClient(name, port,
					(settings) -> settings.connection((connection) -> connection.dispatch(dispatch))))
			.toList();
		clients.forEach(TcpClient::connect);
		for (int i = 0; i < 1000; i++) {
			clients.get(0).send("a" + i);
			clients.get(1).sendAsync("b" + i);
		}
		Awaitility.await().until(() -> first.size() == 1000 && second.size() == 1000);
		assertThat(first)
			.containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj((i) -> (Object) ("a" + i)).toList());
		assertThat(second)
			.containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj((i) -> (Object) ("b" + i)).toList());
	}

	@Test
	void whenConnectedTwiceThenTheSecondIsRefusedWith1000() {
		TcpClient client = this.endpoints.newClient(this.endpoints.server());
		assertThat(client.isConnected()).isFalse();
		Connection connection = client.connect();
		assertThat(client.isConnected()).isTrue();
		assertThat(client.getConnection()).containsSame(connection);
		assertThat(catchThrowableOfType(SocketOperationException.class, client::connect).getCode().value())
			.isEqualTo(1000);
		assertThat(client.isConnected()).isTrue();
	}

	@Test
	void whenNotConnectedThenSendFailsWith1001() {
		TcpClient client = this.endpoints.newClient(this.endpoints.server());
		assertThat(catchThrowableOfType(SocketOperationException.class, () -> client.send("x")).getCode().value())
			.isEqualTo(1001);
		client.connect();
		client.send("x");
		client.disconnect();
		assertThat(catchThrowableOfType(SocketOperationException.class, () -> client.send("x")).getCode().value())
			.isEqualTo(1001);
		assertThat(client.sendAsync("x")).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(SocketOperationException.class);
	}

	@Test
	void whenTheConnectionIsRefusedThenConnectSaysSo() throws Exception {
		TcpClient client = this.endpoints.newClient("client", Ports.free(), (settings) -> {
		});
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(client::connect)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.eventNames("client")).containsExactly("EndpointStarted",
					"Connecting", "ConnectionFailed"));
		assertThat(client.isConnecting()).isFalse();
		assertThat(client.isRunning()).isTrue();
	}

	@Test
	void whenThePeerIsABlackHoleThenConnectEndsAtItsDeadline() throws Exception {
		try (SilentListener silent = new SilentListener()) {
			TcpClient client = this.endpoints.newClient("client", silent.port(), (settings) -> {
			});
			long start = System.nanoTime();
			assertThatExceptionOfType(SocketOperationException.class)
				.isThrownBy(() -> client.connect(Duration.ofMillis(400)))
				.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_TIMEOUT));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(390),
					Duration.ofSeconds(20));
			Awaitility.await()
				.until(() -> this.endpoints.eventNames("client")
					.equals(List.of("EndpointStarted", "Connecting", "ConnectionFailed")));
		}
	}

	@Test
	void whenStartedAndStoppedAtOnceThenStoppedIsLast() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		for (int i = 0; i < 100; i++) {
			client.start();
			if (i % 2 == 0) {
				Thread.yield();
			}
			client.stop();
			assertThat(client.isConnected()).isFalse();
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		List<String> names = this.endpoints.eventNames("client");
		for (int i = 1; i < names.size(); i++) {
			assertThat(names.get(i).equals("EndpointStarted")).as(i + " in " + names)
				.isEqualTo(names.get(i - 1).equals("EndpointStopped"));
		}
		assertThat(names).endsWith("EndpointStopped");
		assertThat(names.stream().filter("Connected"::equals).count())
			.isEqualTo(names.stream().filter("Disconnected"::equals).count());
	}

	@Test
	void whenReconnectedThenItHasAnotherConnection() {
		this.endpoints.echo();
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		Connection first = client.connect();
		Connection second = client.reconnect();
		assertThat(second).isNotSameAs(first);
		assertThat(first.isOpen()).isFalse();
		assertThat(second.isOpen()).isTrue();
		assertThat(client.getConnection()).containsSame(second);
		Awaitility.await().untilAsserted(() -> {
			assertThat(this.endpoints.eventNames(first)).containsExactly("Connected", "Disconnected");
			assertThat(this.endpoints.eventNames(second)).containsExactly("Connected");
		});
		Awaitility.await().until(() -> server.getConnections().size() == 1);
	}

	@Test
	void whenManyThreadsConnectThenThereIsOneConnection() throws Exception {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		for (int round = 0; round < 20; round++) {
			List<CompletableFuture<Connection>> attempts = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				attempts.add(OwnThread.call(client::connect));
			}
			for (CompletableFuture<Connection> attempt : attempts) {
				attempt.handle((connection, failure) -> {
					if (failure != null) {
						assertThat(((SocketOperationException) failure.getCause()).getCode())
							.isEqualTo(SocketErrorCode.ALREADY_CONNECTED);
					}
					return connection;
				}).get();
			}
			assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 2 * (round + 1))).hasSize(2 * (round + 1));
			client.disconnect();
			this.endpoints.awaitEvents(DisconnectedEvent.class, 2 * (round + 1));
		}
	}

	@Test
	void whenServerStopsThenTheClientIsToldAndCanConnectAgain() {
		int port = Ports.free();
		TcpServer server = this.endpoints.newServer("server", port, (connection) -> {
		});
		server.start();
		TcpClient client = this.endpoints.newClient(server);
		client.connect();
		server.stop();
		Awaitility.await().until(() -> !client.isConnected());
		TcpServer next = this.endpoints.newServer("next", port, (connection) -> {
		});
		next.start();
		assertThat(client.connect().isOpen()).isTrue();
	}

}

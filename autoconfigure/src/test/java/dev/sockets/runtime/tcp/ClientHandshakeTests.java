package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionHandshake;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client makes of its handshake: what waits leaves after it, and without it the
 * client tries again.
 */
@Timeout(120)
class ClientHandshakeTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@AutoClose
	private final Backend backend = new Backend();

	@Test
	void whenAClientLogsInThenWhatWaitsLeavesAfterThatAtEachConnect() {
		TcpClient client = client(
				(connection) -> connection.requestAsync("LOGIN x").thenAccept(ConnectionHandshakeTests::requireOk),
				ReconnectingTests.QUICK);
		client.start();
		for (int i = 0; i < 2; i++) {
			CompletableFuture<Void> first = client.sendAsync("A");
			CompletableFuture<Void> second = client.sendAsync("B");
			Peer server = this.backend.accept();
			assertThat(server.readLine()).isEqualTo("LOGIN x");
			assertThat(client.isConnected()).isFalse();
			assertThat(client.isConnecting()).isTrue();
			assertThat(client.getConnection()).isEmpty();
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.send("C"))
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.NOT_CONNECTED);
			assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(i);
			server.send("OK");
			assertThat(server.readLine()).isEqualTo("A");
			assertThat(server.readLine()).isEqualTo("B");
			assertThat(first).succeedsWithin(TestEndpoints.SOON);
			assertThat(second).succeedsWithin(TestEndpoints.SOON);
			this.endpoints.awaitEvents(ConnectedEvent.class, i + 1);
			server.close();
			this.endpoints.awaitEvents(DisconnectedEvent.class, i + 1);
		}
	}

	@Test
	void whenTheServerRefusesALogInThenTheClientWaitsAsLongAsItEverDoes() {
		TcpClient client = client(
				(connection) -> connection.requestAsync("LOGIN x").thenAccept(ConnectionHandshakeTests::requireOk),
				new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMinutes(5), 0, 0));
		CompletableFuture<Connection> connected = OwnThread.call(client::connect);
		Peer server = this.backend.accept();
		assertThat(server.readLine()).isEqualTo("LOGIN x");
		server.send("DENIED");
		assertThat(connected).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED));
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode())
			.isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED);
		assertThat(failed.getDelay()).hasMinutes(5);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		server.close();
	}

	@Test
	void whenTheServerGoesInTheMiddleThenTheClientIsToldAndTriesAgainSoon() {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		CompletableFuture<DisconnectReason> closed = new CompletableFuture<>();
		TcpClient client = client((connection) -> {
			connection.closed().thenAccept(closed::complete);
			return connection.requestAsync("LOGIN x").whenComplete((message, failure) -> {
				if (failure != null) {
					answer.completeExceptionally(failure);
				}
			});
		}, ReconnectingTests.QUICK);
		client.start();
		Peer first = this.backend.accept();
		assertThat(first.readLine()).isEqualTo("LOGIN x");
		first.close();
		assertThat(answer).failsWithin(TestEndpoints.SOON);
		assertThat(closed).succeedsWithin(TestEndpoints.SOON).isEqualTo(DisconnectReason.REMOTE);
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED);
		Peer second = this.backend.accept();
		assertThat(second.readLine()).isEqualTo("LOGIN x");
		second.send("OK");
		this.endpoints.awaitEvent(ConnectedEvent.class);
	}

	@Test
	void whenTheServerIsSilentThenTheClientHasFailedAtItsDeadlineAndTriesAgain() {
		TcpClient client = this.endpoints.newClient("client", this.backend.port(),
				(settings) -> settings.connectTimeout(Duration.ofMillis(300))
					.reconnect(ReconnectingTests.QUICK)
					.connection((connection) -> connection.handshake((held) -> held.requestAsync("LOGIN x"))));
		client.start();
		Peer first = acceptLogIn();
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode()).isEqualTo(SocketErrorCode.CONNECT_TIMEOUT);
		assertThat(first.readLine()).isNull();
		acceptLogIn().close();
		first.close();
	}

	/** The deadline of one may pass before it has said anything. */
	private Peer acceptLogIn() {
		Peer peer = this.backend.accept();
		String line = peer.readLine();
		while (line == null) {
			peer.close();
			peer = this.backend.accept();
			line = peer.readLine();
		}
		assertThat(line).isEqualTo("LOGIN x");
		return peer;
	}

	private TcpClient client(ConnectionHandshake handshake, Reconnect reconnect) {
		return this.endpoints.newClient("client", this.backend.port(),
				(settings) -> settings.reconnect(reconnect)
					.bufferWhenDisconnected(1000)
					.connection((connection) -> connection.handshake(handshake)));
	}

}

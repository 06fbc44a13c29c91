package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attempts to connect that are repeated, and to peers chosen at run time.
 */
@Timeout(60)
class RetryConnectTests {

	private static final Duration LONG = Duration.ofSeconds(40);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenTheServerComesLaterThenOneAttemptFindsIt() {
		int port = Ports.free();
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.retryConnect(true));
		CompletableFuture<Connection> connection = OwnThread.call(() -> client.connect(LONG));
		this.endpoints.awaitEvent(ConnectingEvent.class);
		Awaitility.await().during(Duration.ofMillis(300)).until(client::isConnecting);
		this.endpoints.serve((settings) -> settings.port(port));
		assertThat(connection).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.endpoints.events(ConnectingEvent.class)).hasSize(1);
		assertThat(this.endpoints.events(ConnectionFailedEvent.class)).isEmpty();
	}

	@Test
	void whenNoServerComesThenTheAttemptFailsAtItsDeadline() {
		TcpClient client = this.endpoints.newClient("client", Ports.free(), (settings) -> settings.retryConnect(true));
		long begin = System.nanoTime();
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> client.connect(Duration.ofMillis(500)))
			.satisfies((failure) -> assertThat(failure.getCode()).isIn(SocketErrorCode.CONNECT_FAILED,
					SocketErrorCode.CONNECT_TIMEOUT));
		assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(300).toNanos());
		assertThat(this.endpoints.awaitEvents(ConnectionFailedEvent.class, 1)).hasSize(1);
	}

	@Test
	void whenToldToDisconnectOrStopMeanwhileThenTheAttemptEnds() {
		TcpClient client = this.endpoints.newClient("client", Ports.free(), (settings) -> settings.retryConnect(true));
		CompletableFuture<Connection> connection = OwnThread.call(() -> client.connect(LONG));
		this.endpoints.awaitEvent(ConnectingEvent.class);
		client.disconnect();
		assertThat(connection).failsWithin(TestEndpoints.SOON);
		this.endpoints.awaitEvents(ConnectionFailedEvent.class, 1);
		OwnThread.call(() -> client.connect(LONG));
		this.endpoints.awaitEvents(ConnectingEvent.class, 2);
		client.stop();
		this.endpoints.awaitEvents(ConnectionFailedEvent.class, 2);
		assertThat(client.isRunning()).isFalse();
	}

	@Test
	void whenPeerIsChosenThenTheClientConnectsToIt() {
		TcpServer first = this.endpoints.serve("first", (settings) -> {
		});
		TcpServer second = this.endpoints.serve("second", (settings) -> {
		});
		TcpClient client = this.endpoints.newClient(first);
		client.connect();
		Peer peer = new Peer("127.0.0.1", second.getLocalAddress().getPort());
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.connect(peer))
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.ALREADY_CONNECTED));
		client.disconnect();
		assertThat(client.connect(peer).getRemoteAddress().getPort()).isEqualTo(peer.port());
		assertThat(client.reconnect().getRemoteAddress().getPort()).isEqualTo(peer.port());
		Awaitility.await().until(() -> !second.getConnections().isEmpty());
	}

	@Test
	void whenPeerIsChosenMeanwhileThenTheAttemptUnderWayIsGivenUp() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient("client", Ports.free(), (settings) -> settings.retryConnect(true));
		CompletableFuture<Connection> connection = OwnThread.call(() -> client.connect(LONG));
		this.endpoints.awaitEvent(ConnectingEvent.class);
		assertThat(client.connect(new Peer("127.0.0.1", server.getLocalAddress().getPort())).isOpen()).isTrue();
		assertThat(connection).failsWithin(TestEndpoints.SOON);
	}

}

package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A connection is held back from the application while the server may yet turn out to be
 * full.
 */
@Timeout(60)
class HeldConnectionTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@AutoClose
	private final Backend backend = new Backend();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenTheServerSendsThenTheClientIsConnectedBeforeItGetsThat(Dispatch dispatch) {
		this.endpoints.onMessage("client", (message) -> {
			this.received.add(this.endpoints.events(ConnectedEvent.class).size());
			this.received.add(message.getPayload());
		});
		TcpClient client = client(LONG, (settings) -> settings.connection((all) -> all.dispatch(dispatch)));
		CompletableFuture<Connection> connection = OwnThread.call(client::connect);
		Peer server = this.backend.accept();
		assertThat(client.isConnected()).isFalse();
		assertThat(client.isConnecting()).isTrue();
		assertThat(connection).isNotDone();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		server.send("hello");
		assertThat(connection).succeedsWithin(TestEndpoints.SOON);
		Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly(1, "hello"));
	}

	@Test
	void whenTheServerIsSilentThenTheClientIsConnectedWhenTheTimeIsOver() {
		TcpClient client = client(Duration.ofMillis(300), (settings) -> settings.bufferWhenDisconnected(100));
		long begin = System.nanoTime();
		client.start();
		Peer server = this.backend.accept();
		CompletableFuture<Void> sent = client.sendAsync("early");
		assertThat(server.readLine()).isEqualTo("early");
		assertThat(sent).succeedsWithin(TestEndpoints.SOON);
		assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(290).toNanos());
		server.close();
		this.endpoints.awaitEvent(DisconnectedEvent.class);
		assertThat(this.endpoints.events(ServerOccupiedEvent.class)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheServerEndsInSilenceThenItIsFullAndTheClientWasNeverConnected(Dispatch dispatch) {
		TcpClient client = client(LONG, (settings) -> settings.connection((all) -> all.dispatch(dispatch)));
		CompletableFuture<Connection> connection = OwnThread.call(client::connect);
		this.backend.accept().close();
		assertThat(connection).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
		this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(this.endpoints.eventNames("client")).containsExactly("EndpointStarted", "Connecting",
				"ServerOccupied", "ConnectionFailed");
		assertThat(client.status().state()).isEqualTo(EndpointState.OCCUPIED);
	}

	/**
	 * A reset that comes at once may fail the connect itself, which is another matter.
	 */
	@Test
	void whenTheServerResetsInSilenceThenItIsFullToo() {
		TcpClient client = client(LONG, (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0)));
		client.start();
		int attempts = 0;
		while (this.endpoints.events(ServerOccupiedEvent.class).isEmpty()) {
			Peer server = this.backend.accept();
			TestEndpoints.block(20L * attempts);
			server.reset();
			attempts++;
			this.endpoints.awaitEvents(ConnectionFailedEvent.class, attempts);
		}
		assertThat(this.endpoints.events(ConnectionFailedEvent.class).get(attempts - 1).getCause())
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
	}

	@Test
	void whenTheServerHasRoomLaterThenTheClientGetsIn() {
		TcpClient client = client(LONG, (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0)));
		client.start();
		this.backend.accept().close();
		this.backend.accept().close();
		this.backend.accept().send("welcome");
		Awaitility.await().until(client::isConnected);
		assertThat(this.endpoints.events(ServerOccupiedEvent.class)).hasSize(2);
		assertThat(client.status().state()).isEqualTo(EndpointState.CONNECTED);
	}

	@Test
	void whenToldToDisconnectOrStopMeanwhileThenTheConnectionIsClosed() {
		TcpClient client = client(LONG, (settings) -> {
		});
		CompletableFuture<Connection> connection = OwnThread.call(client::connect);
		Peer server = this.backend.accept();
		client.disconnect();
		assertThat(server.readAll()).isEmpty();
		assertThat(connection).failsWithin(TestEndpoints.SOON);
		Awaitility.await().until(() -> client.status().state() == EndpointState.DISCONNECTED);
		OwnThread.call(client::connect);
		Peer again = this.backend.accept();
		client.stop();
		assertThat(again.readAll()).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(this.endpoints.events(ServerOccupiedEvent.class)).isEmpty();
	}

	@Test
	void whenTheConnectionWasNotHeldThenWhatIsPendingFailsBecauseTheServerIsFull() {
		TcpClient client = this.endpoints.newClient("client", this.backend.port(),
				(settings) -> settings.occupiedWithin(LONG));
		Connection connection = client.connect();
		CompletableFuture<Object> answer = connection.requestAsync("ping", LONG);
		Peer server = this.backend.accept();
		assertThat(server.readLine()).isEqualTo("ping");
		server.close();
		assertThat(answer).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
		Awaitility.await().until(() -> !connection.isOpen());
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> connection.send("more"))
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
	}

	private TcpClient client(Duration within, Consumer<TcpClientSettings.Builder> settings) {
		return this.endpoints.newClient("client", this.backend.port(), (all) -> {
			all.occupiedWithin(within).holdConnected(true).connectTimeout(LONG);
			settings.accept(all);
		});
	}

}

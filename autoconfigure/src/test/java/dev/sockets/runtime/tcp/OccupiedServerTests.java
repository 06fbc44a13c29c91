package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.ServerOccupiedEvent;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that says it is full is told from one that is just gone, and tried again.
 */
@Timeout(60)
class OccupiedServerTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final byte[] BUSY = "full".getBytes(StandardCharsets.UTF_8);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenTheServerIsFullThenTheClientIsToldAndGetsInWhenAnotherLeaves(Dispatch dispatch) {
		TcpServer server = this.endpoints.serve((settings) -> settings.maxConnections(1).busyMessage(BUSY));
		TcpClient first = client("first", server, dispatch);
		first.connect();
		TcpClient second = client("second", server, dispatch);
		second.start();
		List<ServerOccupiedEvent> occupied = this.endpoints.awaitEvents(ServerOccupiedEvent.class, 3);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> second.status().state() == EndpointState.OCCUPIED);
		assertThat(occupied).allMatch((event) -> event.getEndpoint().equals("second"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.eventNames(occupied.get(0).getConnection()))
				.containsExactly("Connected", "ServerOccupied", "Disconnected"));
		assertThat(disconnected(occupied.get(0)).getReason()).isEqualTo(DisconnectReason.REMOTE);
		assertThat(disconnected(occupied.get(0)).getCause()).isInstanceOfSatisfying(SocketOperationException.class,
				(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
		assertThat(attempts("second")).startsWith(1, 2, 3);
		first.disconnect();
		Awaitility.await().until(() -> {
			try {
				return "ping".equals(second.request("ping", LONG));
			}
			catch (SocketOperationException ex) {
				return false;
			}
		});
		assertThat(second.status().state()).isEqualTo(EndpointState.CONNECTED);
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheSameBytesComeLaterThenTheyAreAnOrdinaryMessage(Dispatch dispatch) {
		TcpServer server = this.endpoints.server();
		TcpClient client = client("first", server, dispatch);
		client.connect().sendRaw("hello\nfull\n".getBytes(StandardCharsets.UTF_8));
		Awaitility.await().until(() -> this.received.size() == 2);
		assertThat(this.received).containsExactly("hello", "full");
		client.send("full");
		Awaitility.await().until(() -> this.received.size() == 3);
		assertThat(this.endpoints.events(ServerOccupiedEvent.class)).isEmpty();
		assertThat(client.isConnected()).isTrue();
	}

	@Test
	void whenAMessageOnlyBeginsLikeTheBusyMessageThenItIsOrdinary() {
		TcpServer server = this.endpoints.server();
		client("first", server, Dispatch.AUTO).connect().send("fuller");
		Awaitility.await().until(() -> this.received.contains("fuller"));
		assertThat(this.endpoints.events(ServerOccupiedEvent.class)).isEmpty();
	}

	@Test
	void whenTheServerIsFullThenARequestFailsAtOnce() {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.maxConnections(1).busyMessage(BUSY).rejectDelay(Duration.ofMillis(300)));
		client("first", server, Dispatch.AUTO).connect();
		TcpClient second = client("second", server, Dispatch.AUTO);
		second.connect();
		CompletableFuture<Object> answer = second.requestAsync("ping");
		assertThat(answer).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(SocketOperationException.class)
			.satisfies((failure) -> assertThat(((SocketOperationException) failure).getCode())
				.isIn(SocketErrorCode.SERVER_OCCUPIED, SocketErrorCode.NOT_CONNECTED));
	}

	@Test
	void whenDisconnectedThenTheClientIsOccupiedNoLonger() {
		TcpServer server = this.endpoints.serve((settings) -> settings.maxConnections(1).busyMessage(BUSY));
		client("first", server, Dispatch.AUTO).connect();
		TcpClient second = client("second", server, Dispatch.AUTO);
		second.start();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> second.status().state() == EndpointState.OCCUPIED);
		second.disconnect();
		Awaitility.await().until(() -> second.status().state() == EndpointState.DISCONNECTED);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheServerSoonEndsWithoutAWordThenItIsFull(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.maxConnections(1).rejectDelay(Duration.ofMillis(100)));
		TcpClient first = silent("first", server.getLocalAddress().getPort(), LONG, dispatch);
		first.connect();
		TcpClient second = silent("second", server.getLocalAddress().getPort(), LONG, dispatch);
		second.start();
		List<ServerOccupiedEvent> occupied = this.endpoints.awaitEvents(ServerOccupiedEvent.class, 3);
		assertThat(occupied).allMatch((event) -> event.getEndpoint().equals("second"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.eventNames(occupied.get(0).getConnection()))
				.containsExactly("Connected", "ServerOccupied", "Disconnected"));
		assertThat(disconnected(occupied.get(0)).getCause()).isInstanceOfSatisfying(SocketOperationException.class,
				(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED));
		assertThat(attempts("second")).startsWith(1, 2, 3);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> second.status().state() == EndpointState.OCCUPIED);
		assertThat(first.<String>request("ping", LONG)).isEqualTo("ping");
		first.disconnect();
		Awaitility.await().until(() -> server.getConnections().size() == 1);
		Awaitility.await().ignoreExceptions().until(() -> "ping".equals(second.request("ping", LONG)));
		assertThat(second.status().state()).isEqualTo(EndpointState.CONNECTED);
	}

	@Test
	void whenTheServerSoonResetsWithoutAWordThenItIsFull() {
		try (Backend backend = new Backend()) {
			TcpClient client = silent("client", backend.port(), LONG, Dispatch.AUTO);
			client.connect();
			backend.accept().reset();
			ServerOccupiedEvent occupied = this.endpoints.awaitEvent(ServerOccupiedEvent.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.endpoints.eventNames(occupied.getConnection()))
					.containsExactly("Connected", "ServerOccupied", "Disconnected"));
			assertThat(disconnected(occupied).getReason()).isEqualTo(DisconnectReason.RESET);
		}
	}

	@Test
	void whenTheServerEndsLaterOrAfterAWordThenItIsJustGone() {
		try (Backend backend = new Backend()) {
			Connection connection = this.endpoints
				.newClient("late", backend.port(), (settings) -> settings.occupiedWithin(Duration.ofMillis(50)))
				.connect();
			Peer server = backend.accept();
			StreamChannel channel = ((DefaultConnection) connection).channel();
			long opened = channel.nanos();
			Awaitility.await().until(() -> channel.nanos() - opened > TimeUnit.MILLISECONDS.toNanos(200));
			server.close();
			this.endpoints.newClient("greeted", backend.port(), (settings) -> settings.occupiedWithin(LONG)).connect();
			backend.accept().send("hello").close();
			this.endpoints.awaitEvents(DisconnectedEvent.class, 2);
			assertThat(this.endpoints.events(ServerOccupiedEvent.class)).isEmpty();
		}
	}

	private TcpClient silent(String name, int port, Duration within, Dispatch dispatch) {
		return this.endpoints.newClient(name, port,
				(settings) -> settings.occupiedWithin(within)
					.reconnect(new Reconnect(true, Duration.ofMillis(20), 1.5, Duration.ofMillis(100), 0.2, 0))
					.connection((connection) -> connection.dispatch(dispatch)));
	}

	private DisconnectedEvent disconnected(ServerOccupiedEvent event) {
		return this.endpoints.events(DisconnectedEvent.class)
			.stream()
			.filter((disconnected) -> disconnected.getConnection() == event.getConnection())
			.findFirst()
			.orElseThrow();
	}

	private List<Integer> attempts(String client) {
		return this.endpoints.events(ConnectingEvent.class)
			.stream()
			.filter((event) -> event.getEndpoint().equals(client))
			.map(ConnectingEvent::getAttempt)
			.toList();
	}

	private TcpClient client(String name, TcpServer server, Dispatch dispatch) {
		this.endpoints.onMessage(name, (message) -> this.received.add(message.getPayload()));
		return this.endpoints.newClient(name, server.getLocalAddress().getPort(),
				(settings) -> settings.busyMessage(BUSY)
					.reconnect(new Reconnect(true, Duration.ofMillis(20), 1.5, Duration.ofMillis(100), 0.2, 0))
					.connection((connection) -> connection.dispatch(dispatch)));
	}

}

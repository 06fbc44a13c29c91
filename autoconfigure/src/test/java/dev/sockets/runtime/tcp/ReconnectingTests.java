package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

import dev.sockets.EndpointState;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that has no connection gets one as soon as there is a peer, unless it was told
 * to have none.
 */
@Timeout(60)
class ReconnectingTests {

	static final Reconnect QUICK = every(20);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenThePeerComesLaterThenTheClientConnectsThen() throws Exception {
		int port = Ports.free();
		TcpClient client = client(port, QUICK);
		client.start();
		this.endpoints.awaitEvents(ConnectionFailedEvent.class, 3);
		assertThat(client.status().state()).isIn(EndpointState.CONNECTING, EndpointState.DISCONNECTED);
		assertThat(client.recentFailures()).isNotEmpty()
			.allMatch((failure) -> failure.code() == SocketErrorCode.CONNECT_FAILED);
		serve(port);
		awaitConnected(client);
		Awaitility.await().until(() -> this.endpoints.eventNames("client").contains("Connected"));
		assertThat(client.status().state()).isEqualTo(EndpointState.CONNECTED);
		List<String> names = this.endpoints.eventNames("client");
		assertThat(names).startsWith("EndpointStarted", "Connecting", "ConnectionFailed", "Connecting",
				"ConnectionFailed", "Connecting");
		assertThat(names).endsWith("Connecting", "Connected");
		List<Integer> attempts = this.endpoints.events(ConnectingEvent.class)
			.stream()
			.map(ConnectingEvent::getAttempt)
			.toList();
		for (int i = 0; i < attempts.size(); i++) {
			assertThat(attempts.get(i)).isEqualTo(i + 1);
		}
		assertThat(this.endpoints.events(ConnectionFailedEvent.class)).extracting(ConnectionFailedEvent::getAttempt)
			.containsExactlyElementsOf(attempts.subList(0, attempts.size() - 1));
		assertThat(this.endpoints.events(ConnectionFailedEvent.class)).allSatisfy((failed) -> {
			assertThat(failed.getCause()).isInstanceOfSatisfying(SocketOperationException.class,
					(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED));
			assertThat(failed.getDelay()).isBetween(Duration.ofMillis(16), Duration.ofMillis(24));
		});
	}

	@Test
	void whenThePeerNeverComesThenDelaysGrowUntilTheClientGivesUp() throws Exception {
		int port = Ports.free();
		TcpClient client = client(port, new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMillis(40), 0, 5));
		List<Long> tried = new CopyOnWriteArrayList<>();
		this.endpoints.context().addApplicationListener(new ApplicationListener<ConnectingEvent>() {

			@Override
			public void onApplicationEvent(ConnectingEvent event) {
				tried.add(System.nanoTime());
			}

		});
		client.start();
		List<ConnectionFailedEvent> failed = this.endpoints.awaitEvents(ConnectionFailedEvent.class, 5);
		assertThat(failed).extracting(ConnectionFailedEvent::getDelay)
			.containsExactly(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(40),
					null);
		for (int i = 1; i < 5; i++) {
			assertThat(Duration.ofNanos(tried.get(i) - tried.get(i - 1)))
				.isGreaterThanOrEqualTo(failed.get(i - 1).getDelay().minusMillis(1));
		}
		assertStaysAway(client, 5);
		serve(port);
		client.connect();
		assertThat(this.endpoints.events(ConnectingEvent.class).get(5).getAttempt()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheServerRestartsThenTheClientIsBack(Dispatch dispatch) {
		int port = Ports.free();
		TcpServer server = serve(port);
		TcpClient client = this.endpoints.newClient("client", port,
				(settings) -> settings.reconnect(QUICK).connection((connection) -> connection.dispatch(dispatch)));
		client.start();
		for (int round = 0; round < 5; round++) {
			awaitConnected(client);
			assertThat(client.<String>request("ping", TestEndpoints.SOON)).isEqualTo("ping");
			server.stop();
			this.endpoints.awaitEvents(DisconnectedEvent.class, 2 * (round + 1));
			server = serve(port);
		}
		awaitConnected(client);
		assertThat(client.status().connectionsOpened()).isEqualTo(6);
	}

	@Test
	void whenReconnectIsOffThenALostConnectionStaysLost() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server.getLocalAddress().getPort(), Reconnect.OFF);
		client.start();
		awaitConnected(client);
		kick(client, server);
		Awaitility.await().until(() -> !client.isConnected());
		assertStaysAway(client, 1);
	}

	@Test
	void whenDisconnectedThenTheClientStaysAwayUntilItIsToldToConnect() {
		staysAwayUntilToldToConnect(TcpClient::disconnect);
	}

	@Test
	void whenTheApplicationClosesTheConnectionThenTheClientStaysAwayUntilItIsToldToConnect() {
		staysAwayUntilToldToConnect((client) -> client.getConnection().orElseThrow().close());
	}

	private void staysAwayUntilToldToConnect(Consumer<TcpClient> leave) {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server.getLocalAddress().getPort(), QUICK);
		client.start();
		awaitConnected(client);
		leave.accept(client);
		assertThat(client.isConnected()).isFalse();
		assertStaysAway(client, 1);
		client.connect();
		kick(client, server);
		this.endpoints.awaitEvents(ConnectingEvent.class, 3);
		awaitConnected(client);
	}

	@Test
	void whenDisconnectedBetweenTwoAttemptsThenTheClientStaysAway() throws Exception {
		TcpClient client = client(Ports.free(), every(200));
		client.start();
		this.endpoints.awaitEvents(ConnectionFailedEvent.class, 2);
		client.disconnect();
		assertStaysAway(client);
	}

	@Test
	void whenDisconnectedRightAfterTheStartThenTheClientStaysAway() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server.getLocalAddress().getPort(), QUICK);
		for (int i = 0; i < 200; i++) {
			client.start();
			client.disconnect();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> !client.isConnected() && !client.isConnecting());
			if (i % 50 == 0) {
				assertStaysAway(client);
			}
			client.stop();
		}
	}

	@Test
	void whenDisconnectedAndConnectedAtOnceThenTheClientIsConnectedAndStaysSo() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server.getLocalAddress().getPort(), QUICK);
		client.start();
		List<CompletableFuture<Void>> others = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			if (i % 3 == 0) {
				others.add(OwnThread.run(client::connect));
			}
			client.disconnect();
			try {
				assertThat(client.connect().isOpen()).isTrue();
			}
			catch (SocketOperationException ex) {
				assertThat(ex.getCode()).isEqualTo(SocketErrorCode.ALREADY_CONNECTED);
			}
		}
		Awaitility.await().until(() -> others.stream().allMatch(CompletableFuture::isDone));
		Awaitility.await().until(() -> client.isConnected() && server.getConnections().size() == 1);
		kick(client, server);
		Awaitility.await().until(() -> client.isConnected() && server.getConnections().size() == 1);
	}

	@Test
	void whenReconnectedThenTheClientGoesOnReconnecting() {
		TcpServer server = this.endpoints.server();
		TcpClient client = client(server.getLocalAddress().getPort(), QUICK);
		client.start();
		awaitConnected(client);
		Connection first = client.getConnection().orElseThrow();
		Connection second = client.reconnect();
		assertThat(second).isNotSameAs(first);
		assertThat(first.isOpen()).isFalse();
		this.endpoints.awaitEvents(DisconnectedEvent.class, 2);
		kick(client, server);
		Awaitility.await().until(() -> client.getConnection().filter((third) -> third != second).isPresent());
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "LOOP" })
	void whenReconnectedToAServerOfOneConnectionThenTheOldOneIsNotInTheWay(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.maxConnections(1).connection((connection) -> connection.dispatch(dispatch)));
		TcpClient client = client(server.getLocalAddress().getPort(), Reconnect.OFF);
		client.connect();
		for (int i = 0; i < 50; i++) {
			assertThat(client.reconnect().<String>request("ping", TestEndpoints.SOON)).isEqualTo("ping");
		}
	}

	@Test
	void whenThePeerNeverClosesThenReconnectDoesNotWaitForIt() {
		try (Backend backend = new Backend()) {
			TcpClient client = client(backend.port(), Reconnect.OFF);
			Connection first = client.connect();
			try (Peer deaf = backend.accept()) {
				Connection second = client.reconnect();
				assertThat(second).isNotSameAs(first);
				assertThat(second.isOpen()).isTrue();
				assertThat(deaf.address()).isEqualTo(first.getRemoteAddress());
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerReconnectsThenItHasTheNewConnectionSoon(Dispatch dispatch) {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connectTimeout(Duration.ofSeconds(40))
					.connection((connection) -> connection.dispatch(dispatch)));
		CompletableFuture<Boolean> opened = new CompletableFuture<>();
		this.endpoints.onMessage("client", (message) -> opened.complete(client.reconnect().isOpen()));
		client.connect().send("ping");
		assertThat(opened).succeedsWithin(TestEndpoints.SOON).isEqualTo(true);
	}

	@Test
	void whenHandlersHaveNoThreadThenTheClientConnectsAllTheSame() {
		try (TestEndpoints crowded = new TestEndpoints(1, (task) -> {
			throw new RejectedExecutionException("full");
		}, new GenericApplicationContext())) {
			TcpServer server = crowded.server();
			TcpClient client = crowded.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.reconnect(QUICK));
			client.start();
			awaitConnected(client);
			kick(client, server);
			Awaitility.await().until(() -> client.status().connectionsOpened() == 2);
			awaitConnected(client);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAListenerStopsTheClientThenStoppingDoesNotWaitForTheListener(Dispatch dispatch) {
		for (Class<?> type : List.of(ConnectingEvent.class, ConnectedEvent.class, DisconnectedEvent.class,
				ConnectionFailedEvent.class)) {
			TcpServer server = this.endpoints.server();
			TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.reconnect(QUICK).connection((connection) -> connection.dispatch(dispatch)));
			this.endpoints.onEvent((event) -> {
				if (type.isInstance(event) && event.getEndpoint().equals("client")) {
					client.stop();
				}
			});
			client.start();
			if (type != ConnectingEvent.class && type != ConnectedEvent.class) {
				awaitConnected(client);
				server.stop();
			}
			Awaitility.await(type.getSimpleName())
				.atMost(Duration.ofSeconds(20))
				.until(() -> client.status().state() == EndpointState.STOPPED);
			server.stop();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAListenerConnectsTheStoppingClientThenItIsRefusedAndTheClientStops(Dispatch dispatch) {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.dispatch(dispatch)));
		CompletableFuture<Connection> connected = new CompletableFuture<>();
		this.endpoints.onEvent((event) -> {
			if (event instanceof DisconnectedEvent && event.getEndpoint().equals("client")) {
				try {
					connected.complete(client.connect());
				}
				catch (RuntimeException ex) {
					connected.completeExceptionally(ex);
				}
			}
		});
		client.connect();
		long start = System.nanoTime();
		client.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		assertThat(connected).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.SHUTTING_DOWN));
		assertThat(client.isRunning()).isFalse();
	}

	private static Reconnect every(int millis) {
		return new Reconnect(true, Duration.ofMillis(millis), 1, Duration.ofMillis(millis), 0.2, 0);
	}

	private TcpClient client(int port, Reconnect reconnect) {
		Consumer<TcpClientSettings.Builder> settings = (builder) -> builder.reconnect(reconnect);
		return this.endpoints.newClient("client", port, settings);
	}

	private TcpServer serve(int port) {
		TcpServer server = this.endpoints.newServer("server", port, (connection) -> {
		});
		server.start();
		return server;
	}

	/** Lets the server close the client's connection, as soon as it has accepted it. */
	static void kick(TcpClient client, TcpServer server) {
		Connection connection = client.getConnection().orElseThrow();
		Awaitility.await().until(() -> server.findConnection(connection.getLocalAddress()).isPresent());
		server.findConnection(connection.getLocalAddress()).orElseThrow().close();
	}

	private static void awaitConnected(TcpClient client) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(client::isConnected);
	}

	/** An attempt that was given up may still be told of. */
	private void assertStaysAway(TcpClient client) {
		AtomicInteger told = new AtomicInteger(-1);
		Awaitility.await().during(Duration.ofMillis(150)).until(() -> {
			int attempts = this.endpoints.events(ConnectingEvent.class).size();
			return !client.isConnected() && !client.isConnecting() && told.getAndSet(attempts) == attempts;
		});
		assertThat(client.status().state()).isEqualTo(EndpointState.DISCONNECTED);
	}

	private void assertStaysAway(TcpClient client, int attempts) {
		Awaitility.await()
			.during(Duration.ofMillis(150))
			.until(() -> !client.isConnected() && !client.isConnecting()
					&& this.endpoints.events(ConnectingEvent.class).size() == attempts);
		assertThat(client.status().state()).isEqualTo(EndpointState.DISCONNECTED);
	}

}

package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketEndpoint;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers and listeners that stop and start endpoints wait for nothing, and leave them
 * started. Break B9.
 */
@Timeout(120)
class RestartInHandlerTests {

	/** Longer than any test waits. */
	private static final Duration LONG = Duration.ofMinutes(10);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenAHandlerRestartsItsServerThenItIsAnsweredAndTheServerStartedAgain(Dispatch dispatch) {
		TcpServer[] server = new TcpServer[1];
		this.endpoints.onMessage((message) -> {
			restart(server[0]);
			message.reply("restarted");
		});
		server[0] = serve("server", dispatch, LONG);
		try (Peer peer = new Peer(server[0])) {
			assertThat(peer.ask("restart")).isEqualTo("restarted");
			peer.readLineOrReset();
		}
		assertThatItServes(server[0], 2);
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandlerRestartsItsClientThenTheClientConnectsAgain(Dispatch dispatch) {
		TcpServer server = this.endpoints.echo().server();
		TcpClient[] client = new TcpClient[1];
		this.endpoints.onMessage("client", (message) -> restart(client[0]));
		client[0] = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.reconnect(Reconnect.OFF)
					.connection((connection) -> connection.dispatch(dispatch)));
		client[0].start();
		Awaitility.await().until(client[0]::isConnected);
		client[0].send("restart");
		Awaitility.await().until(() -> client[0].status().connectionsOpened() == 2 && client[0].isConnected());
		assertThat(this.failures).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenTwoServersRestartEachOtherInHandlersThenBothAreStartedAgain(Dispatch dispatch) {
		TcpServer[] servers = new TcpServer[2];
		CyclicBarrier both = new CyclicBarrier(2);
		this.endpoints.onMessage("first", (message) -> meetAndRestart(both, servers[1]));
		this.endpoints.onMessage("second", (message) -> meetAndRestart(both, servers[0]));
		servers[0] = serve("first", dispatch, LONG);
		servers[1] = serve("second", dispatch, LONG);
		try (Peer one = new Peer(servers[0]); Peer other = new Peer(servers[1])) {
			one.send("go");
			other.send("go");
			Awaitility.await().until(() -> this.endpoints.events(EndpointStartedEvent.class).size() == 4);
		}
		assertThatItServes(servers[0], 2);
		assertThatItServes(servers[1], 2);
	}

	@ParameterizedTest
	@EnumSource
	void whenAListenerRestartsItsServerThenItIsStartedAgain(Dispatch dispatch) {
		for (Class<?> type : new Class<?>[] { DisconnectedEvent.class, ConnectionRejectedEvent.class }) {
			Queue<Object> once = new ConcurrentLinkedQueue<>(List.of(type));
			CompletableFuture<Void> restarted = new CompletableFuture<>();
			this.endpoints.echo().onEvent((event) -> {
				if (type.isInstance(event) && once.poll() != null) {
					restart(event.getSource());
					restarted.complete(null);
				}
			});
			TcpServer server = serve("server", dispatch, LONG);
			try (Peer peer = new Peer(server)) {
				assertThat(peer.ask("ping")).isEqualTo("ping");
				try (Peer rejected = new Peer(server)) {
					rejected.readLineOrReset();
				}
			}
			assertThat(restarted).succeedsWithin(TestEndpoints.SOON);
			assertThatItServes(server, 1);
			server.stop();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandlerWaitsForAThreadThatRestartsItsServerThenItIsStartedAfterTheGracePeriod(Dispatch dispatch) {
		TcpServer[] server = new TcpServer[1];
		this.endpoints.onMessage((message) -> {
			try {
				OwnThread.run(() -> restart(server[0])).get();
			}
			catch (Exception ex) {
				// interrupted after the grace period
			}
		});
		server[0] = serve("server", dispatch, Duration.ofMillis(200));
		try (Peer peer = new Peer(server[0])) {
			peer.send("restart");
			peer.readLineOrReset();
		}
		assertThatItServes(server[0], 2);
	}

	@Test
	void whenAHandlerStopsStartsAndStopsThenTheServerStaysStopped() {
		TcpServer[] server = new TcpServer[1];
		this.endpoints.onMessage((message) -> {
			restart(server[0]);
			server[0].stop();
		});
		server[0] = serve("server", Dispatch.AUTO, LONG);
		try (Peer peer = new Peer(server[0])) {
			peer.send("stop");
			peer.readLineOrReset();
		}
		Awaitility.await().until(server[0]::isTerminated);
		assertThat(this.endpoints.events(EndpointStartedEvent.class)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void whenAListenerOfAFailedLateAnswerRestartsItsServerThenItIsStartedAgain(Dispatch dispatch) {
		for (Object answer : new Object[] { new IllegalStateException("on purpose"), "x".repeat(100_000) }) {
			CompletableFuture<Object> late = new CompletableFuture<>();
			CompletableFuture<Void> restarted = new CompletableFuture<>();
			this.endpoints.onEvent((event) -> {
				if (event instanceof MessageErrorEvent) {
					restart(event.getSource());
					restarted.complete(null);
				}
			});
			int port = Ports.free();
			TcpServer server = this.endpoints.serve((settings) -> settings.port(port)
				.shutdownGrace(Duration.ofMinutes(1))
				.connection((connection) -> connection.dispatch(dispatch)));
			server.addHandler((connection, payload) -> payload.equals("late") ? late : payload);
			try (Peer peer = new Peer(server)) {
				assertThat(peer.ask("ping")).isEqualTo("ping");
				peer.send("late", "late");
				Awaitility.await().until(() -> server.status().messagesReceived() == 3);
				OwnThread.run(() -> complete(late, answer));
				peer.readLineOrReset();
			}
			assertThat(restarted).succeedsWithin(TestEndpoints.SOON);
			Awaitility.await("it may be restarted once for each answer")
				.ignoreExceptions()
				.until(() -> server.isRunning() && isServed(server));
			assertThat(this.failures).isEmpty();
			server.stop();
		}
	}

	private static boolean isServed(TcpServer server) {
		try (Peer peer = new Peer(server)) {
			return "ping".equals(peer.ask("ping"));
		}
	}

	private static void complete(CompletableFuture<Object> late, Object answer) {
		if (answer instanceof Throwable failure) {
			late.completeExceptionally(failure);
		}
		else {
			late.complete(answer);
		}
	}

	private void meetAndRestart(CyclicBarrier both, TcpServer other) {
		try {
			both.await();
			restart(other);
		}
		catch (Exception ex) {
			this.failures.add(ex);
		}
	}

	private void restart(SocketEndpoint endpoint) {
		try {
			endpoint.stop();
			endpoint.start();
		}
		catch (Throwable ex) {
			this.failures.add(ex);
		}
	}

	private TcpServer serve(String name, Dispatch dispatch, Duration grace) {
		int port = Ports.free();
		Consumer<TcpServerSettings.Builder> settings = (builder) -> builder.port(port)
			.maxConnections(1)
			.shutdownGrace(grace)
			.connection((connection) -> connection.dispatch(dispatch));
		return this.endpoints.serve(name, settings);
	}

	private void assertThatItServes(TcpServer server, int starts) {
		Awaitility.await().until(server::isRunning);
		assertThat(this.failures).isEmpty();
		assertThat(this.endpoints.events(EndpointStartedEvent.class)
			.stream()
			.filter((event) -> event.getSource() == server)
			.count()).isLessThanOrEqualTo(starts);
		this.endpoints.onMessage(server.getName(), (message) -> message.reply(message.getPayload()));
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).isEqualTo("ping");
		}
	}

}

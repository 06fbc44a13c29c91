package dev.sockets.runtime.tcp;

import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EndpointStartException;
import dev.sockets.EndpointState;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server listens when {@code start()} returns, and has ended everything when
 * {@code stop()} does.
 */
@Timeout(60)
class ServerLifecycleTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	@Test
	void whenRestartedOftenOnOnePortThenItServesEachTime() throws Exception {
		this.endpoints.echo();
		TcpServer server = this.endpoints.newServer("server", Ports.free(), (connection) -> {
		});
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			server.start();
			server.start();
			try (Peer peer = new Peer(server)) {
				assertThat(peer.ask("ping " + i)).isEqualTo("ping " + i);
				server.stop();
				server.stop();
				assertThat(peer.readLine()).isNull();
			}
			assertThat(server.isRunning()).isFalse();
			expected.addAll(List.of("EndpointStarted", "Connected", "Disconnected", "EndpointStopped"));
			assertThat(this.endpoints.eventNames("server")).isEqualTo(expected);
		}
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
	}

	@Test
	void whenStartedAndStoppedFromManyThreadsThenItEndsStoppedWithNothingLeft() throws Exception {
		int port = Ports.free();
		TcpServer server = this.endpoints.newServer("server", port, (connection) -> {
		});
		List<Throwable> failures = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			boolean starts = i % 2 == 0;
			Thread thread = new Thread(() -> {
				for (int n = 0; n < 200; n++) {
					if (starts) {
						server.start();
					}
					else {
						server.stop();
					}
				}
			});
			thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		server.stop();
		assertThat(failures).isEmpty();
		assertThat(server.status().state()).isEqualTo(EndpointState.STOPPED);
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
		new ServerSocket(port).close();
		List<String> history = this.endpoints.eventNames("server");
		for (int i = 0; i < history.size(); i++) {
			assertThat(history.get(i)).isEqualTo((i % 2 == 0) ? "EndpointStarted" : "EndpointStopped");
		}
	}

	@Test
	void whenPortIsInUseThenStartThrowsAndLeavesNothingAndWorksOnceItIsFree() throws Exception {
		this.endpoints.echo();
		TcpServer server;
		try (ServerSocket taken = new ServerSocket(Ports.free(), 1, InetAddress.getByName("127.0.0.1"))) {
			server = this.endpoints.newServer("server", taken.getLocalPort(), (connection) -> {
			});
			assertThatExceptionOfType(EndpointStartException.class).isThrownBy(server::start).satisfies((failure) -> {
				assertThat(failure.getCode()).isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
				assertThat(failure.getPath()).isEqualTo("sockets.tcp.server.server");
				assertThat(failure.getAddress().getPort()).isEqualTo(taken.getLocalPort());
			});
			assertThat(server.isRunning()).isFalse();
			assertThat(this.endpoints.eventNames("server")).containsExactly("EndpointFailed");
			assertThat(this.endpoints.events(EndpointFailedEvent.class).get(0).getCode())
				.isEqualTo(SocketErrorCode.ADDRESS_IN_USE);
			Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
		}
		server.start();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ping")).isEqualTo("ping");
		}
	}

	@Test
	void whenIdleServerWithManyConnectionsIsStoppedThenItTakesNoTime() {
		TcpServer server = this.endpoints.server();
		Duration fastest = Duration.ofDays(1);
		for (int i = 1; i <= 3; i++) {
			List<Peer> peers = new ArrayList<>();
			for (int j = 0; j < 100; j++) {
				peers.add(new Peer(server));
			}
			this.endpoints.awaitEvents(ConnectedEvent.class, 100 * i);
			Duration took = timeToStop(server);
			fastest = (took.compareTo(fastest) < 0) ? took : fastest;
			assertThat(this.endpoints.events(DisconnectedEvent.class)).hasSize(100 * i);
			assertThat(server.getConnections()).isEmpty();
			peers.forEach((peer) -> assertThat(peer.readLine()).isNull());
			peers.forEach(Peer::close);
			server.start();
		}
		assertThat(fastest).isLessThan(Duration.ofMillis(200));
	}

	/** What the machine has kept back meanwhile is taken off. */
	private static Duration timeToStop(TcpServer server) {
		try (Stalls stalls = new Stalls()) {
			long start = System.nanoTime();
			server.stop();
			return Duration.ofNanos(System.nanoTime() - start).minus(stalls.total());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenStoppedByHandlerThenItAnswersAndStops(Dispatch dispatch) {
		TcpServer[] servers = new TcpServer[1];
		this.endpoints.onMessage((message) -> {
			servers[0].stop();
			message.reply(message.getPayload());
		});
		servers[0] = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(servers[0])) {
			peer.send("stop", "and this");
			assertThat(peer.readLine()).isEqualTo("stop");
			assertThat(peer.readLine()).isEqualTo("and this");
			assertThat(peer.readLine()).isNull();
		}
		this.endpoints.awaitEvent(EndpointStoppedEvent.class);
		assertThat(this.endpoints.eventNames("server")).containsExactly("EndpointStarted", "Connected", "Disconnected",
				"EndpointStopped");
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
	}

	@Test
	void whenStoppedByListenersOfItsEventsThenItStops() {
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent || event instanceof DisconnectedEvent) {
				event.getSource().stop();
			}
		});
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.readLine()).isNull();
		}
		Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
		assertThat(server.status().state()).isEqualTo(EndpointState.STOPPED);
	}

	@Test
	void whenStoppedByListenersOfItsStartAndItsStopThenItStopsOnce() throws Exception {
		Queue<String> names = new ConcurrentLinkedQueue<>();
		this.endpoints.onEvent((event) -> {
			names.add(event.getClass().getSimpleName());
			event.getSource().stop();
		});
		int port = Ports.free();
		TcpServer server = this.endpoints.newServer("server", port, (connection) -> {
		});
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> {
		});
		for (SocketEndpoint endpoint : List.of(server, client)) {
			names.clear();
			endpoint.start();
			Awaitility.await().until(() -> endpoint.status().state() == EndpointState.STOPPED);
			Awaitility.await().until(() -> this.endpoints.engineThreads().isEmpty());
			assertThat(names).containsExactly("EndpointStartedEvent", "EndpointStoppedEvent");
		}
		new ServerSocket(port).close();
	}

	@Test
	void whenStoppedWhilePeersConnectThenStartedIsFirstAndStoppedIsLast() throws Exception {
		AtomicBoolean connecting = new AtomicBoolean(true);
		TcpServer server = this.endpoints.newServer("server", Ports.free(), (connection) -> {
		});
		server.start();
		var address = server.getLocalAddress();
		Thread peers = new Thread(() -> {
			while (connecting.get()) {
				try {
					new Peer(new InetSocketAddress("127.0.0.2", 0), address).close();
				}
				catch (UncheckedIOException ex) {
					// not listening at the moment
				}
			}
		});
		peers.start();
		for (int i = 0; i < 30; i++) {
			int count = i + 1;
			Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
				List<String> names = this.endpoints.eventNames("server");
				return names.get(names.size() - 1).endsWith("onnected");
			});
			server.stop();
			List<String> names = this.endpoints.eventNames("server");
			assertThat(names).endsWith("EndpointStopped");
			assertThat(names.stream().filter("EndpointStarted"::equals)).hasSize(count);
			assertThat(names.stream().filter("Connected"::equals).count())
				.isEqualTo(names.stream().filter("Disconnected"::equals).count());
			assertThat(server.getConnections()).isEmpty();
			server.start();
			assertThat(this.endpoints.events(EndpointStartedEvent.class)).hasSize(count + 1);
		}
		connecting.set(false);
		peers.join();
		List<String> names = this.endpoints.eventNames("server");
		for (int i = 1; i < names.size(); i++) {
			assertThat(names.get(i).equals("EndpointStarted")).as("at " + i)
				.isEqualTo(names.get(i - 1).equals("EndpointStopped"));
		}
	}

	@Test
	void whenNothingHappensThenTheWatchdogSleeps() {
		this.endpoints.server();
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long watchdog = this.endpoints.engineThreads()
			.stream()
			.filter((thread) -> thread.getName().equals("sockets-watchdog"))
			.findAny()
			.orElseThrow()
			.getId();
		AtomicLong before = new AtomicLong(-1000);
		Awaitility.await("woken less than 50 times a second")
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> {
				long waited = threads.getThreadInfo(watchdog).getWaitedCount();
				return waited - before.getAndSet(waited) < 50;
			});
	}

}

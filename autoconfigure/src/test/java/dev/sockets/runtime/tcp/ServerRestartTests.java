package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectingEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Ports;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that restarts under many clients gets them all back, but not all at once: F17.
 */
@Tag("measures")
@Timeout(120)
class ServerRestartTests {

	private static final int CLIENTS = 200;

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int WINDOW = 100;

	/** Milliseconds: a fifth up and down of two seconds. */
	private static final int SPREAD = 800;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@Test
	void whenTheServerRestartsUnderManyClientsThenAllComeBackSpreadOverTheJitter() {
		int port = Ports.free();
		TcpServer server = serve(port);
		List<TcpClient> clients = start(port,
				new Reconnect(true, Duration.ofSeconds(2), 2, Duration.ofSeconds(30), 0.2, 0));
		Awaitility.await().atMost(LONG).until(() -> times(ConnectedEvent.class).size() == CLIENTS);
		Stalls stalls = new Stalls();
		long restarted = System.currentTimeMillis();
		server.stop();
		serve(port);
		Awaitility.await().atMost(LONG).until(() -> times(ConnectedEvent.class).size() == 2 * CLIENTS);
		stalls.close();
		assertThat(clients).allSatisfy((client) -> assertThat(client.<String>request("ping", LONG)).isEqualTo("ping"));
		List<Long> tried = secondTimes(ConnectingEvent.class);
		int fullest = IntStream.range(0, tried.size()).map((i) -> count(tried, i)).max().orElseThrow();
		List<Long> back = secondTimes(ConnectedEvent.class);
		Figures.print("F17",
				"%d clients tried again %d to %d ms after the stop, at most %d within %d ms, all back " + "after %d ms",
				CLIENTS, tried.get(0) - restarted, tried.get(tried.size() - 1) - restarted, fullest, WINDOW,
				back.get(CLIENTS - 1) - restarted);
		assertThat(tried.get(0) - restarted).as("but for the coarse clock, which a stall makes coarser")
			.isGreaterThanOrEqualTo(1600 - stalls.longest().toMillis());
		long stalled = stalls.longest().toMillis() * CLIENTS / SPREAD;
		assertThat(fullest).as("those that were to come during a stall come together after it")
			.isLessThanOrEqualTo((int) (CLIENTS / 2 + stalled));
	}

	@Test
	void whenTheServerIsAwayForAWhileThenAllItsClientsFindItAgain() {
		int port = Ports.free();
		TcpServer server = serve(port);
		List<TcpClient> clients = start(port,
				new Reconnect(true, Duration.ofMillis(50), 2, Duration.ofMillis(400), 0.2, 0));
		Awaitility.await().atMost(LONG).until(() -> times(ConnectedEvent.class).size() == CLIENTS);
		server.stop();
		Awaitility.await().atMost(LONG).until(() -> times(ConnectingEvent.class).size() >= 4 * CLIENTS);
		serve(port);
		Awaitility.await().atMost(LONG).until(() -> clients.stream().allMatch(TcpClient::isConnected));
		assertThat(clients).allSatisfy((client) -> assertThat(client.<String>request("ping", LONG)).isEqualTo("ping"));
	}

	private TcpServer serve(int port) {
		TcpServer server = this.endpoints.newServer("server", port, (connection) -> {
		});
		server.start();
		return server;
	}

	private List<TcpClient> start(int port, Reconnect reconnect) {
		List<TcpClient> clients = IntStream.range(0, CLIENTS)
			.mapToObj((i) -> this.endpoints.newClient("client-" + i, port, (settings) -> settings.reconnect(reconnect)))
			.toList();
		clients.forEach(TcpClient::start);
		return clients;
	}

	private static int count(List<Long> times, int first) {
		return (int) times.stream().skip(first).takeWhile((time) -> time < times.get(first) + WINDOW).count();
	}

	/** When something happened to each client the second time. */
	private List<Long> secondTimes(Class<? extends SocketEvent> type) {
		return times(type).stream().skip(CLIENTS).sorted().toList();
	}

	private List<Long> times(Class<? extends SocketEvent> type) {
		return this.endpoints.events(type)
			.stream()
			.filter((event) -> event.getEndpoint().startsWith("client-"))
			.map(SocketEvent::getTimestamp)
			.toList();
	}

}

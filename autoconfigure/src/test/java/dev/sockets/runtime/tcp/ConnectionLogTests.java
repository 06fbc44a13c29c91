package dev.sockets.runtime.tcp;

import java.time.Duration;

import ch.qos.logback.classic.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says of connections at level debug.
 */
class ConnectionLogTests {

	private final TestEndpoints endpoints = new TestEndpoints();

	private final LogLines servers = new LogLines(TcpServer.class.getName());

	private final LogLines clients = new LogLines(TcpClient.class.getName());

	@BeforeEach
	void begin() {
		this.servers.level(Level.DEBUG);
		this.clients.level(Level.DEBUG);
	}

	@AfterEach
	void end() {
		this.endpoints.close();
		this.servers.close();
		this.clients.close();
	}

	@Test
	void whenAPeerComesAndGoesThenBothAreSaidWithTheReason() {
		TcpServer server = this.endpoints.echo().server();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("hello")).isEqualTo("hello");
			awaitLine(this.servers, "DEBUG Connection \\S+ of 'server' with \\S+:\\d+ is open");
		}
		awaitLine(this.servers, "DEBUG Connection \\S+ of 'server' with \\S+ has ended: REMOTE, "
				+ "after 1 messages received and 1 sent");
	}

	@Test
	void whenAConnectionIsClosedForACauseThenThatIsSaidAndEscaped() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			throw new IllegalStateException("on purpose\nINFO forged");
		}).server((connection) -> connection.onHandlerError(HandlerErrorPolicy.CLOSE));
		try (Peer peer = new Peer(server)) {
			peer.send("hello");
			awaitLine(this.servers, "DEBUG Connection .* has ended: HANDLER_ERROR "
					+ "\\(.*on purpose\\\\nINFO forged\\), after 1 messages received and 0 sent");
		}
		assertThat(this.servers.all()).noneMatch((line) -> line.contains("\n"));
	}

	@Test
	void whenAServerIsFullThenEachThatIsTurnedAwayIsSaid() {
		TcpServer server = this.endpoints.serve((settings) -> settings.maxConnections(1));
		try (Peer first = new Peer(server)) {
			first.send("hello");
			this.endpoints.onlyConnection(server);
			for (int i = 0; i < 20; i++) {
				try (Peer other = new Peer(server)) {
					assertThat(other.readLineOrReset()).isNull();
				}
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.servers.all()
					.stream()
					.filter((line) -> line.matches("DEBUG .*'server' has turned a connection from .* away: FULL")))
					.hasSize(20));
		}
	}

	@Test
	void whenAClientLosesItsConnectionThenEachAttemptIsSaid() {
		TcpServer server = this.endpoints.server();
		int port = server.getLocalAddress().getPort();
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(10), 1, Duration.ofMillis(10), 0, 3)));
		client.start();
		awaitLine(this.clients, "DEBUG TCP client 'client' tries to connect, attempt 1");
		awaitLine(this.clients, "DEBUG TCP client 'client' is connected to 127.0.0.1:" + port
				+ " by Connection \\S+ of 'client' with .*");
		server.stop();
		awaitLine(this.clients, "DEBUG Connection .* has ended: REMOTE, .*");
		awaitLine(this.clients, "DEBUG TCP client 'client' has lost its connection; it tries again in 10 ms");
		awaitLine(this.clients, "DEBUG TCP client 'client' tries to connect, attempt 2");
		awaitLine(this.clients, "DEBUG Attempt 2 has failed: TCP client 'client' could not connect to 127.0.0.1:" + port
				+ ".*; it tries again in 10 ms");
		awaitLine(this.clients, "DEBUG Attempt 3 has failed: .*; it does not try again");
		assertThat(this.clients.all()).noneMatch((line) -> line.startsWith("INFO") && line.contains("is connected"));
	}

	@Test
	void whenTheLevelIsInfoThenNothingIsSaidOfConnections() {
		this.servers.level(null);
		TcpServer server = this.endpoints.echo().server();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("hello")).isEqualTo("hello");
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		server.stop();
		assertThat(this.servers.all()).allMatch((line) -> line.contains("listens on") || line.contains("has stopped"));
	}

	private static void awaitLine(LogLines lines, String pattern) {
		Awaitility.await().untilAsserted(() -> assertThat(lines.all()).anyMatch((line) -> line.matches(pattern)));
	}

}

package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.SessionSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heartbeats of peers that expect an answer to them.
 */
@Timeout(60)
class HeartbeatAnswerTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	HeartbeatAnswerTests() {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply("re " + message.getPayload());
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenAHeartbeatIsEchoedThenItIsAnsweredAndNotDelivered(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.server((connection) -> connection.dispatch(dispatch).heartbeat(answering("PING")));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("PING")).isEqualTo("PING");
			assertThat(peer.ask("PING")).isEqualTo("PING");
			assertThat(peer.ask("a")).isEqualTo("re a");
			assertThat(this.received).containsExactly("a");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "LOOP" })
	void whenAHeartbeatComesBetweenMessagesThenItsAnswerDoesTheSame(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.server((connection) -> connection.dispatch(dispatch).heartbeat(answering("PONG")));
		try (Peer peer = new Peer(server)) {
			peer.send("a", "PING", "b", "PING");
			assertThat(new String[] { peer.readLine(), peer.readLine(), peer.readLine(), peer.readLine() })
				.containsExactly("re a", "PONG", "re b", "PONG");
		}
	}

	@Test
	void whenAnAnswerIsReceivedThenItIsDeliveredOnlyWhereNoHeartbeatsAreSent() {
		TcpServer sending = this.endpoints.server("server", (connection) -> connection.heartbeat(
				new Heartbeat(Duration.ofMinutes(1), Duration.ofMinutes(1), "PING".getBytes(), "PONG".getBytes())));
		try (Peer peer = new Peer(sending)) {
			assertThat(peer.send("PONG").ask("a")).isEqualTo("re a");
		}
		this.endpoints.onMessage("answering", (message) -> message.reply("re " + message.getPayload()));
		TcpServer answering = this.endpoints.server("answering",
				(connection) -> connection.heartbeat(answering("PONG")));
		try (Peer peer = new Peer(answering)) {
			assertThat(peer.ask("PONG")).isEqualTo("re PONG");
		}
	}

	@Test
	void whenAHandshakeHasNotEndedThenNoHeartbeatIsAnswered() {
		TcpServer server = this.endpoints
			.server((connection) -> connection.heartbeat(answering("PING")).session(session("welcome", "LOGIN .*")));
		try (Peer peer = new Peer(server)) {
			peer.send("PING", "PING", "LOGIN ada", "PING");
			assertThat(peer.readLine()).isEqualTo("welcome");
			assertThat(peer.readLine()).isEqualTo("PING");
			assertThat(peer.ask("a")).isEqualTo("re a");
		}
	}

	@Test
	void whenAClientSendsHeartbeatsToAServerThatEchoesThemThenEachIsAnsweredOnce() {
		TcpServer server = this.endpoints.server((connection) -> connection.heartbeat(answering("PING")));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection
					.heartbeat(new Heartbeat(Duration.ofMillis(100), TestEndpoints.SOON, "PING".getBytes()))));
		client.connect();
		Connection connection = this.endpoints.onlyConnection(server);
		Awaitility.await().until(() -> connection.getStatistics().messagesReceived() >= 5);
		assertThat(connection.getStatistics().messagesSent())
			.isLessThanOrEqualTo(connection.getStatistics().messagesReceived());
		assertThat(this.received).isEmpty();
	}

	private static Heartbeat answering(String answer) {
		return new Heartbeat(null, null, "PING".getBytes(), answer.getBytes());
	}

	private static SessionSettings session(String hello, String expect) {
		return new SessionSettings(hello.getBytes(), Pattern.compile(expect), StandardCharsets.UTF_8,
				TestEndpoints.SOON);
	}

}

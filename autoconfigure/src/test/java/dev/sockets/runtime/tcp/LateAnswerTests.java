package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that come after their handlers have returned are sent before a connection ends,
 * whether the peer has ended its side or the server stops. Break B2.
 */
@Timeout(120)
class LateAnswerTests {

	private static final int MANY = 50;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<CompletableFuture<Object>> answers = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@EnumSource
	void whenThePeerHasEndedItsSideThenItGetsAnswersThatComeLater(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection) -> {
		});
		try (Peer peer = ask(server)) {
			peer.finish();
			Awaitility.await().until(() -> this.answers.size() == MANY);
			this.answers.forEach((answer) -> answer.complete("answer"));
			for (int i = 0; i < MANY; i++) {
				assertThat(peer.readLine()).isEqualTo("answer");
			}
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheServerStopsThenItsPeersGetAnswersThatComeLater(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection) -> {
		});
		try (Peer peer = ask(server)) {
			Awaitility.await().until(() -> this.answers.size() == MANY);
			CompletableFuture<Void> stopped = OwnThread.run(server::stop);
			Awaitility.await().until(() -> !server.isRunning());
			this.answers.forEach((answer) -> answer.complete("answer"));
			for (int i = 0; i < MANY; i++) {
				assertThat(peer.readLine()).isEqualTo("answer");
			}
			assertThat(peer.readLine()).isNull();
			assertThat(stopped).succeedsWithin(TestEndpoints.SOON);
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.SHUTDOWN);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnswersFailThenTheConnectionEndsAllTheSame(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection) -> {
		});
		try (Peer peer = ask(server)) {
			peer.finish();
			Awaitility.await().until(() -> this.answers.size() == MANY);
			this.answers
				.forEach((answer) -> answer.completeExceptionally(new IllegalStateException("It fails, as told to")));
			assertThat(peer.readLine()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenNoAnswerComesThenTheEndWaitsForItAsLongAsForAWrite(Dispatch dispatch) {
		TcpServer server = serve(dispatch, (connection) -> connection.writeTimeout(Duration.ofMillis(300)));
		try (Peer peer = ask(server)) {
			peer.finish();
			assertThat(peer.readLine()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
		Awaitility.await().until(() -> server.getConnections().isEmpty());
	}

	private TcpServer serve(Dispatch dispatch, Consumer<ConnectionSettings.Builder> settings) {
		TcpServer server = this.endpoints.newServer("server", 0,
				(connection) -> settings.accept(connection.dispatch(dispatch)));
		server.addHandler((connection, payload) -> {
			CompletableFuture<Object> answer = new CompletableFuture<>();
			this.answers.add(answer);
			return answer;
		});
		server.start();
		return server;
	}

	private static Peer ask(TcpServer server) {
		Peer peer = new Peer(server);
		for (int i = 0; i < MANY; i++) {
			peer.send("question");
		}
		return peer;
	}

}

package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codecs;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.SessionSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log-in by fixed texts.
 */
@Timeout(120)
class SessionTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@AutoClose
	private final Backend backend = new Backend();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	SessionTests() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
	}

	@ParameterizedTest
	@EnumSource
	void whenBothSidesHaveOneThenTheFirstMessageIsTheFirstAfterIt(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.server((connection) -> connection.dispatch(dispatch).session(session("OK ada", "LOGIN \\w+")));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.bufferWhenDisconnected(1000)
					.connection((connection) -> connection.dispatch(dispatch).session(session("LOGIN ada", "OK.*"))));
		client.start();
		CompletableFuture<Void> first = client.sendAsync("A");
		assertThat(first).succeedsWithin(TestEndpoints.SOON);
		client.send("B");
		Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("A", "B"));
		assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 2)).hasSize(2);
	}

	@Test
	void whenTheCodecIsAnotherThenTheTextsGoPastIt() {
		TcpServer server = this.endpoints
			.server((connection) -> connection.codec(Codecs.json()).session(session("hello you", "hello .*")));
		try (Peer peer = new Peer(server)) {
			peer.send("hello me", "{\"a\": 1}");
			assertThat(peer.readLine()).isEqualTo("hello you");
			Awaitility.await().untilAsserted(() -> assertThat(this.received).hasToString("[{a=1}]"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOGIN", "LOGIN ada eve", "login ada", "", "A" })
	void whenTheFirstMessageIsAnotherThenThePeerIsTurnedAway(String first) {
		TcpServer server = this.endpoints.server((connection) -> connection.session(session("OK", "LOGIN \\w+")));
		try (Peer peer = new Peer(server)) {
			peer.send(first, "LOGIN ada", "A");
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(this.received).isEmpty();
	}

	@Test
	void whenTheFirstMessageIsLateThenThePeerIsTurnedAway() {
		SessionSettings session = new SessionSettings(null, Pattern.compile("LOGIN"), StandardCharsets.UTF_8,
				Duration.ofMillis(200));
		TcpServer server = this.endpoints.server((connection) -> connection.session(session));
		try (Peer peer = new Peer(server)) {
			peer.trySend("LOG".getBytes(StandardCharsets.UTF_8));
			assertThat(peer.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
	}

	@Test
	void whenTheAnswerIsAnotherThenTheClientHasFailedAndTellsNoSecret() {
		TcpClient client = client(session("LOGIN s3cret", "OK.*"),
				new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMinutes(5), 0, 0));
		client.start();
		Peer server = this.backend.accept();
		assertThat(server.readLine()).isEqualTo("LOGIN s3cret");
		server.send("DENIED for s3cret");
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(failed.getDelay()).hasMinutes(5);
		assertThat(failed.getCause()).hasStackTraceContaining("The answer does not match session.expect")
			.isInstanceOfSatisfying(SocketOperationException.class,
					(cause) -> assertThat(cause.getCode()).isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED));
		assertThat(failed.getCause().toString()).doesNotContain("s3cret");
	}

	@Test
	void whenAClientExpectsNothingThenItIsConnectedWhenItHasSaidHello() {
		TcpClient client = client(session("HELLO", null), Reconnect.OFF);
		client.connect();
		client.send("A");
		Peer server = this.backend.accept();
		assertThat(server.readLine()).isEqualTo("HELLO");
		assertThat(server.readLine()).isEqualTo("A");
	}

	@Test
	void whenAServerGreetsFirstThenAClientMayJustExpectThat() {
		TcpClient client = client(session(null, "220 .*"), ReconnectingTests.QUICK);
		client.start();
		Peer server = this.backend.accept();
		assertThat(client.isConnected()).isFalse();
		server.send("220 ready");
		this.endpoints.awaitEvent(ConnectedEvent.class);
	}

	@Test
	void whenTheServerIsFullThenThatIsWhatTheClientIsTold() {
		TcpClient client = this.endpoints.newClient("client", this.backend.port(),
				(settings) -> settings.busyMessage("full".getBytes(StandardCharsets.UTF_8))
					.connection((connection) -> connection.session(session("LOGIN", "OK"))));
		client.start();
		Peer server = this.backend.accept().send("full");
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode()).isEqualTo(SocketErrorCode.SERVER_OCCUPIED);
		server.close();
	}

	private TcpClient client(SessionSettings session, Reconnect reconnect) {
		return this.endpoints.newClient("client", this.backend.port(),
				(settings) -> settings.reconnect(reconnect).connection((connection) -> connection.session(session)));
	}

	static SessionSettings session(@Nullable String hello, @Nullable String expect) {
		return new SessionSettings((hello != null) ? hello.getBytes(StandardCharsets.UTF_8) : null,
				(expect != null) ? Pattern.compile(expect) : null, StandardCharsets.UTF_8, TestEndpoints.SOON);
	}

}

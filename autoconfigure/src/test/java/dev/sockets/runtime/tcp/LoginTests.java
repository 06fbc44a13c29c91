package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Peers log in by a user name and a password. Fault F23.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class LoginTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Logins logins = new Logins(this.endpoints);

	@ParameterizedTest
	@EnumSource
	void whenTheCredentialsAreRightThenTheFirstMessageComesAfterThatAndThePeerIsKnown(Dispatch dispatch) {
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(Logins::authenticate)
			.connection((connection) -> connection.dispatch(dispatch)));
		TcpClient client = this.logins.client(server, Logins.SECRET, (settings) -> settings.bufferWhenDisconnected(1000)
			.connection((connection) -> connection.dispatch(dispatch)));
		client.start();
		assertThat(client.sendAsync("A")).succeedsWithin(TestEndpoints.SOON);
		client.send("B".repeat(10_000));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.logins.received).containsExactly("A", "B".repeat(10_000)));
		assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 2))
			.filteredOn((event) -> event.getEndpoint().equals("server"))
			.singleElement()
			.satisfies((event) -> assertThat(event.getConnection().getPrincipal()).map(Principal::getName)
				.contains("ada"));
	}

	static Stream<Framing> framings() {
		return PasswordTests.framings().stream();
	}

	@ParameterizedTest
	@MethodSource("framings")
	void whenAFramingCarriesTextsThenItCarriesTheLogIn(Framing framing) {
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(Logins::authenticate)
			.connection((connection) -> connection.framing(framing)));
		TcpClient client = this.logins.client(server, Logins.SECRET,
				(settings) -> settings.connection((connection) -> connection.framing(framing)));
		client.connect();
		assertThat(client.<String>request("A")).isEqualTo("A");
	}

	@Test
	void whenAFramingCarriesNoTextsThenItIsRefused() {
		for (Framing framing : List.of(Framings.raw(), Framings.fixed(155), Framings.jsonStream(),
				Framings.delimiter("0a".getBytes(StandardCharsets.US_ASCII)))) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> this.endpoints.serve((settings) -> settings.authenticator(Logins::authenticate)
					.connection((connection) -> connection.framing(framing))))
				.withMessageContaining("framing' is '" + framing + "' but must be another one with authenticator");
		}
	}

	@Test
	void whenTheCredentialsAreWrongThenBothSidesAreToldAndTheClientWaitsLong(CapturedOutput output) {
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(Logins::authenticate)
			.connection((connection) -> connection.wireLog(true)));
		TcpClient client = this.logins.client(server, "s3cret guess",
				(settings) -> settings
					.reconnect(new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMinutes(5), 0, 0))
					.connection((connection) -> connection.wireLog(true)));
		client.start();
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode())
			.isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED);
		assertThat(failed.getCause()).hasMessageContaining("The server has refused the credentials");
		assertThat(failed.getDelay()).hasMinutes(5);
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(output).doesNotContain("s3cret").doesNotContain("SOCKETS-LOGIN").doesNotContain("733363726574");
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "", "GET / HTTP/1.1", "SOCKETS-LOGIN/1 WELCOME", "SOCKETS-LOGIN/1 PASSWORD",
			"SOCKETS-LOGIN/1 PASSWORD  ", "SOCKETS-LOGIN/1 PASSWORD 61 ", "SOCKETS-LOGIN/1 PASSWORD 61 6g",
			"SOCKETS-LOGIN/1 PASSWORD 61 616", "SOCKETS-LOGIN/1 PASSWORD 61 6A", "SOCKETS-LOGIN/1 PASSWORD 61 61 ",
			"SOCKETS-LOGIN/1 PASSWORD ff 61", "SOCKETS-LOGIN/2 PASSWORD 61 61" })
	void whenDataComesBeforeTheLogInThenItIsNeverDelivered(String data) {
		AtomicInteger asked = new AtomicInteger();
		TcpServer server = this.logins.server((login) -> {
			asked.incrementAndGet();
			return Logins.user("anybody");
		});
		try (Peer peer = new Peer(server)) {
			peer.send(data, "B", "C");
			assertThat(peer.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(asked).hasValue(0);
		assertThat(this.logins.received).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenDataComesBehindTheLogInThenItWaitsForTheAnswer(Dispatch dispatch) {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<Principal> answer = new CompletableFuture<>();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(TestEndpoints.SOON).authenticator((login) -> {
				asked.countDown();
				return answer.join();
			}).connection((connection) -> connection.dispatch(dispatch)));
		try (Peer peer = new Peer(server)) {
			peer.send(Logins.RIGHT, "A", "B");
			Awaitility.await().until(() -> asked.getCount() == 0);
			peer.send("C");
			assertThat(this.logins.received).isEmpty();
			assertThat(server.getConnections()).isEmpty();
			answer.complete(Logins.user("ada"));
			assertThat(peer.readLine()).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
			for (String echo : List.of("A", "B", "C")) {
				assertThat(peer.readLine()).isEqualTo(echo);
			}
		}
	}

	@Test
	void whenDataComesBehindAWrongLogInThenItIsNeverDelivered() {
		TcpServer server = this.logins.server();
		try (Peer peer = new Peer(server)) {
			peer.send(Logins.WRONG, "A", Logins.RIGHT, "B");
			assertThat(peer.readLineOrReset()).isIn("SOCKETS-LOGIN/1 REFUSED", null);
			assertThat(peer.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(this.logins.received).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenTheLogInIsLateThenThePeerIsTurnedAwayAtTheDeadline() {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(Duration.ofMillis(300)).authenticator(Logins::authenticate));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("SOCKETS-LOGIN/1 PASS".getBytes(StandardCharsets.US_ASCII));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS-LOGIN/1 REFUSED", "A", "", "SOCKETS-LOGIN/1 WELCOM",
			"SOCKETS-LOGIN/1 WELCOME and more" })
	void whenTheServerAnswersAnythingElseThenTheClientHasNothingToDoWithIt(String answer) {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.credentials(Credentials.of("ada", Logins.SECRET)));
			client.start();
			try (Peer server = backend.accept()) {
				assertThat(server.readLine()).isEqualTo(Logins.RIGHT);
				server.send(answer, "A");
				assertThat(server.readLineOrReset()).isNull();
			}
			assertThat(((SocketOperationException) this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
				.getCode()).isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED);
		}
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

}

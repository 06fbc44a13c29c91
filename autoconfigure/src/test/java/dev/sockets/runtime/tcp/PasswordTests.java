package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
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
import dev.sockets.codec.Codecs;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fault F23: who does not know the password gets nowhere, and who does gets through
 * meanwhile.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class PasswordTests {

	private static final String SECRET = "s3cret of both";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	PasswordTests() {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenBothSidesKnowThePasswordThenTheFirstMessageComesAfterThat(Dispatch dispatch) {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET).dispatch(dispatch));
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.bufferWhenDisconnected(1000)
					.connection((connection) -> connection.password(SECRET).dispatch(dispatch)));
		client.start();
		assertThat(client.sendAsync("A")).succeedsWithin(TestEndpoints.SOON);
		client.send("B".repeat(10_000));
		Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("A", "B".repeat(10_000)));
		this.endpoints.awaitEvents(ConnectedEvent.class, 2);
	}

	static List<Framing> framings() {
		return List.of(Framings.line(), Framings.crlf(), Framings.nul(), Framings.stxEtx(), Framings.hex8(),
				Framings.delimiter("||".getBytes(StandardCharsets.US_ASCII)),
				Framings.lengthPrefixed(1, ByteOrder.BIG_ENDIAN, false),
				Framings.lengthPrefixed(4, ByteOrder.LITTLE_ENDIAN, true));
	}

	@ParameterizedTest
	@MethodSource("framings")
	void whenAFramingCarriesTextsThenItCarriesTheHandshake(Framing framing) {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET).framing(framing));
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.connection((connection) -> connection.password(SECRET).framing(framing)));
		client.connect();
		assertThat(client.<String>request("A")).isEqualTo("A");
	}

	@Test
	void whenAFramingCarriesNoTextsThenItIsRefused() {
		for (Framing framing : List.of(Framings.raw(), Framings.fixed(155), Framings.fixed(10), Framings.jsonStream(),
				Framings.pickleStream(), Framings.delimiter("0a".getBytes(StandardCharsets.US_ASCII)),
				Framings.delimiter("f".getBytes(StandardCharsets.US_ASCII)),
				Framings.delimiter(" ".getBytes(StandardCharsets.US_ASCII)))) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> this.endpoints.server((connection) -> connection.password(SECRET).framing(framing)))
				.withMessageStartingWith("'sockets.tcp.server.server.framing' is '" + framing + "' but must be another")
				.withMessageNotContaining(SECRET);
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints.server((connection) -> connection.password(SECRET).maxFrameSize(154)))
			.withMessageContaining("max-frame-size");
	}

	@ParameterizedTest
	@EnumSource(names = { "BYTES", "JSON", "CBOR", "RPC", "TEXT_NUL", "OBJ_OVER_TCP" })
	void whenAProfileHasAnotherCodecThenThePasswordGoesPastIt(Profile profile) {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.profile(profile).connection((connection) -> connection.password(SECRET)));
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.profile(profile).connection((connection) -> connection.password(SECRET)));
		assertThat(client.connect().isOpen()).isTrue();
	}

	@Test
	void whenThePasswordIsWrongThenBothSidesAreToldAndTheClientWaitsLong(CapturedOutput output) {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET).wireLog(true));
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings
					.reconnect(new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMinutes(5), 0, 0))
					.connection((connection) -> connection.password("s3cret guess").wireLog(true)));
		client.start();
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode())
			.isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED);
		assertThat(failed.getCause()).hasMessageContaining("The server has refused the password");
		assertThat(failed.getDelay()).hasMinutes(5);
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(client.toString() + server + failed.getCause()).doesNotContain("s3cret");
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains(" away: it has not shown that it belongs here"));
		assertThat(output).doesNotContain("s3cret").doesNotContain("SOCKETS-PASSWORD");
	}

	@Test
	void whenTheServerDoesNotKnowThePasswordThenTheClientHasNothingToDoWithIt() {
		try (Backend backend = new Backend()) {
			int count = 0;
			for (String answer : List.of("WELCOME " + "0".repeat(64), "REFUSED", "CHALLENGE " + "0".repeat(64), "",
					"WELCOME")) {
				TcpClient client = this.endpoints.newClient("client" + answer.length(), backend.port(),
						(settings) -> settings.connection((connection) -> connection.password(SECRET)));
				client.start();
				try (Peer server = backend.accept()) {
					server.send("SOCKETS-PASSWORD/1 CHALLENGE " + "ab".repeat(32));
					assertThat(server.readLine()).matches("SOCKETS-PASSWORD/1 ANSWER [0-9a-f]{64} [0-9a-f]{64}");
					server.send("SOCKETS-PASSWORD/1 " + answer, "A");
					assertThat(server.readLineOrReset()).isNull();
				}
				this.endpoints.awaitEvents(ConnectionFailedEvent.class, ++count);
				client.stop();
			}
		}
		this.endpoints.events(ConnectionFailedEvent.class)
			.forEach((failed) -> assertThat(((SocketOperationException) failed.getCause()).getCode())
				.isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED));
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenTheServerHasNoPasswordThenTheClientHasFailed() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.connectTimeout(Duration.ofMillis(300))
					.connection((connection) -> connection.password(SECRET)));
		client.start();
		ConnectionFailedEvent failed = this.endpoints.awaitEvent(ConnectionFailedEvent.class);
		assertThat(((SocketOperationException) failed.getCause()).getCode()).isEqualTo(SocketErrorCode.CONNECT_TIMEOUT);
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "", "SOCKETS-PASSWORD/1 WELCOME", "SOCKETS-PASSWORD/1 ANSWER", "GET / HTTP/1.1" })
	void whenDataComesBeforeThePasswordThenItIsNeverDelivered(String data) {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		try (Peer peer = new Peer(server)) {
			peer.send(data, "B", "C");
			assertThat(peer.readLineOrReset()).startsWith("SOCKETS-PASSWORD/1 CHALLENGE ");
			assertThat(peer.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(this.received).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenAFrameIsLongerThanAnyOfTheHandshakeThenItIsNotWaitedFor() {
		TcpServer server = this.endpoints
			.server((connection) -> connection.password(SECRET).codec(Codecs.bytes()).framing(framings().get(7)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(new byte[] { 0, 1, 0, 0 });
			peer.readAll();
		}
		catch (UncheckedIOException ex) {
			// a reset is as good
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
	}

	@Test
	void whenAProgramInPythonIsTheClientThenItGetsInWithThePasswordOnly() throws Exception {
		TcpServer server = this.endpoints.server((connection) -> connection.password("pässwörd"));
		for (boolean right : new boolean[] { true, false }) {
			Process python = python("client", String.valueOf(port(server)), right ? "pässwörd" : "password");
			try (BufferedReader lines = python.inputReader(StandardCharsets.UTF_8)) {
				assertThat(lines.readLine()).isEqualTo(right ? "in" : "refused");
				if (right) {
					python.outputWriter(StandardCharsets.UTF_8).append("hello\n").flush();
					assertThat(lines.readLine()).isEqualTo("hello");
				}
			}
			finally {
				python.destroyForcibly();
			}
		}
	}

	@Test
	void whenAProgramInPythonIsTheServerThenItLetsInWithThePasswordOnly() throws Exception {
		Process python = python("server", SECRET);
		try (BufferedReader lines = python.inputReader(StandardCharsets.UTF_8)) {
			int port = Integer.parseInt(lines.readLine());
			TcpClient client = this.endpoints.newClient("client", port,
					(settings) -> settings.connection((connection) -> connection.password(SECRET)));
			client.connect();
			assertThat(client.<String>request("hello")).isEqualTo("hello");
			client.stop();
			TcpClient other = this.endpoints.newClient("other", port,
					(settings) -> settings.connection((connection) -> connection.password("guess")));
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(other::connect)
				.extracting(SocketOperationException::getCode)
				.isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED);
		}
		finally {
			python.destroyForcibly();
		}
	}

	private static Process python(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of("python3", "-X", "utf8", Path.of("..", "examples", "password_peer.py").toString()));
		command.addAll(List.of(arguments));
		try {
			return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			Assumptions.abort("python3 is not installed");
			throw new UncheckedIOException(ex);
		}
	}

	private static int port(TcpServer server) {
		return server.getLocalAddress().getPort();
	}

}

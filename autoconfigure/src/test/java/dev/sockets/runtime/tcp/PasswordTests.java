package dev.sockets.runtime.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

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
import dev.sockets.event.AddressBannedEvent;
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
import dev.sockets.testkit.OwnThread;

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
		assertThat(output).contains(" away: it has not shown that it belongs here")
			.doesNotContain("s3cret")
			.doesNotContain("SOCKETS-PASSWORD");
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

	@Test
	void whenAHandshakeIsReplayedThenItIsWorthNothing() {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		String answer;
		try (Backend between = new Backend(); Peer there = new Peer(server)) {
			TcpClient client = this.endpoints.newClient("client", between.port(),
					(settings) -> settings.connection((connection) -> connection.password(SECRET)));
			client.start();
			Peer here = between.accept();
			here.send(there.readLine());
			answer = here.readLine();
			here.send(there.ask(answer));
			this.endpoints.awaitEvents(ConnectedEvent.class, 2);
			client.stop();
		}
		try (Peer again = new Peer(server)) {
			assertThat(again.readLine()).startsWith("SOCKETS-PASSWORD/1 CHALLENGE ");
			assertThat(again.ask(answer)).isEqualTo("SOCKETS-PASSWORD/1 REFUSED");
			assertThat(again.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(2);
	}

	/** The client's own proof is sent back to it, by a server that knows nothing. */
	@Test
	void whenAProofIsReflectedThenItIsWorthNothing() {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.connection((connection) -> connection.password(SECRET)));
			client.start();
			Peer server = backend.accept();
			server.send("SOCKETS-PASSWORD/1 CHALLENGE " + "00".repeat(32));
			String[] answer = server.readLine().split(" ");
			server.send("SOCKETS-PASSWORD/1 WELCOME " + answer[3]);
			assertThat(server.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
			.hasMessageContaining("The server has not shown that it knows the password");
	}

	/** A peer connects to itself, so to say: it sends back what it was asked. */
	@Test
	void whenAChallengeIsReflectedThenItIsWorthNothing() {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		try (Peer first = new Peer(server); Peer second = new Peer(server)) {
			String challenge = first.readLine();
			second.readLine();
			assertThat(second.send(challenge).readLineOrReset()).isNull();
			String nonce = challenge.substring(challenge.lastIndexOf(' ') + 1);
			assertThat(first.ask("SOCKETS-PASSWORD/1 ANSWER " + nonce + " " + nonce))
				.isEqualTo("SOCKETS-PASSWORD/1 REFUSED");
		}
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 2);
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
	void whenThereAreAThousandTriesASecondThenNoneGetsInAndGoodOnesDo() throws Exception {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		AtomicInteger in = new AtomicInteger();
		List<CompletableFuture<Void>> attackers = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			int number = thread;
			attackers.add(OwnThread.run(() -> attack(server, number, in)));
		}
		for (int i = 0; i < 20; i++) {
			TcpClient client = this.endpoints.newClient("client" + i, port(server),
					(settings) -> settings.connection((connection) -> connection.password(SECRET)));
			client.connect();
			assertThat(client.<String>request("hello")).isEqualTo("hello");
			client.stop();
		}
		for (CompletableFuture<Void> attacker : attackers) {
			assertThat(attacker).succeedsWithin(TestEndpoints.SOON);
		}
		assertThat(in).hasValue(0);
		Awaitility.await().untilAsserted(() -> {
			Map<String, Long> rejected = server.statistics().connections().rejected();
			assertThat(rejected.get(RejectionReason.AUTHENTICATION.name())
					+ rejected.getOrDefault(RejectionReason.BANNED.name(), 0L))
				.isEqualTo(1000);
		});
		assertThat(server.statistics().connections().opened()).isEqualTo(20);
	}

	/** It may have ended by itself on a slow machine, so it is tried again then. */
	@Test
	void whenAnAddressIsWrongTooOftenThenItIsBannedForAWhileAndCanBeLetInAgain() {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		Awaitility.await().untilAsserted(() -> {
			while (server.getBans().isEmpty()) {
				try (Peer peer = new Peer(server)) {
					peer.trySend("A\n".getBytes(StandardCharsets.US_ASCII));
					while (peer.readLineOrReset() != null) {
						// the challenge
					}
				}
			}
			assertThat(server.getBans()).hasSize(1)
				.allSatisfy((ban) -> assertThat(ban.until()).isBefore(Instant.now().plusSeconds(11)));
			assertThat(server.statistics().connections().banned()).isEqualTo(1);
			assertThat(server.liftBan(server.getLocalAddress().getAddress())).isTrue();
		});
		this.endpoints.awaitEvent(AddressBannedEvent.class);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.readLine()).startsWith("SOCKETS-PASSWORD/1 CHALLENGE ");
		}
	}

	/** From addresses of its own, each of which is soon banned. */
	private static void attack(TcpServer server, int thread, AtomicInteger in) {
		for (int i = 0; i < 250; i++) {
			String from = "127.0." + (thread + 2) + "." + (i / 50 + 1);
			try (Peer peer = new Peer(new InetSocketAddress(from, 0), server.getLocalAddress())) {
				if (peer.readLineOrReset() != null) {
					peer.trySend(("SOCKETS-PASSWORD/1 ANSWER " + "00".repeat(32) + " " + "00".repeat(32) + "\nA\n")
						.getBytes(StandardCharsets.US_ASCII));
					String answer = peer.readLineOrReset();
					if (answer != null && !answer.endsWith("REFUSED")) {
						in.incrementAndGet();
					}
				}
			}
		}
	}

	@Test
	void whenBytesAreAnyThenNobodyGetsInAndTheServerGoesOn() {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		Random random = new Random(42);
		long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
		int count = 0;
		while (System.nanoTime() < end) {
			String from = "127.1." + (count / 2500 % 250) + "." + (count++ / 10 % 250 + 1);
			try (Peer peer = new Peer(new InetSocketAddress(from, 0), server.getLocalAddress())) {
				byte[] bytes = ("SOCKETS-PASSWORD/1 ANSWER " + "0a".repeat(32) + " " + "f0".repeat(32) + "\n")
					.getBytes(StandardCharsets.US_ASCII);
				for (int i = random.nextInt(20); i > 0; i--) {
					bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
				}
				peer.trySend(bytes);
				peer.reset();
			}
		}
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(this.received).isEmpty();
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.connection((connection) -> connection.password(SECRET)));
		client.connect();
		assertThat(client.<String>request("hello")).isEqualTo("hello");
	}

	@Test
	void whenHundredsStopInTheMiddleThenGoodOnesGetInAndTheyAreClosedAtTheDeadline() {
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofSeconds(2))
			.connection((connection) -> connection.password(SECRET)));
		List<Peer> slow = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			slow.add(new Peer(server).sendRaw("SOCKETS-PASSWORD/1 ANS".getBytes(StandardCharsets.US_ASCII)));
		}
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.connection((connection) -> connection.password(SECRET)));
		client.connect();
		assertThat(client.<String>request("hello")).isEqualTo("hello");
		slow.forEach((peer) -> {
			peer.readLineOrReset();
			assertThat(peer.readLineOrReset()).isNull();
			peer.close();
		});
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 300);
		try (Peer peer = new Peer(server)) {
			assertThat(peer.readLine()).startsWith("SOCKETS-PASSWORD/1 CHALLENGE ");
		}
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

package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.SocketAuthenticator;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Peers log in by a user name and a password. Fault F23.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class LoginTests {

	private static final String SECRET = "s3cret of ada";

	private static final String RIGHT = message("ada", SECRET);

	private static final String WRONG = message("ada", "s3cret guess");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	LoginTests() {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		});
	}

	private static Principal user(String name) {
		return () -> name;
	}

	/** Knows one user. */
	private static Principal authenticate(PeerLogin login) {
		Credentials credentials = login.credentials();
		return (credentials != null && Credentials.of("ada", SECRET).equals(credentials)) ? user("ada") : null;
	}

	private static String message(String username, String password) {
		HexFormat hex = HexFormat.of();
		return "SOCKETS-LOGIN/1 PASSWORD " + hex.formatHex(username.getBytes(StandardCharsets.UTF_8)) + " "
				+ hex.formatHex(password.getBytes(StandardCharsets.UTF_8));
	}

	private TcpServer server(SocketAuthenticator authenticator) {
		return this.endpoints.serve((settings) -> settings.authenticator(authenticator));
	}

	private TcpServer server() {
		return server(LoginTests::authenticate);
	}

	private TcpClient client(TcpServer server, String password, Consumer<TcpClientSettings.Builder> more) {
		return this.endpoints.newClient("client", server.getLocalAddress().getPort(), (settings) -> {
			settings.credentials(Credentials.of("ada", password));
			more.accept(settings);
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenTheCredentialsAreRightThenTheFirstMessageComesAfterThatAndThePeerIsKnown(Dispatch dispatch) {
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(LoginTests::authenticate)
			.connection((connection) -> connection.dispatch(dispatch)));
		TcpClient client = client(server, SECRET, (settings) -> settings.bufferWhenDisconnected(1000)
			.connection((connection) -> connection.dispatch(dispatch)));
		client.start();
		assertThat(client.sendAsync("A")).succeedsWithin(TestEndpoints.SOON);
		client.send("B".repeat(10_000));
		Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("A", "B".repeat(10_000)));
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
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(LoginTests::authenticate)
			.connection((connection) -> connection.framing(framing)));
		TcpClient client = client(server, SECRET,
				(settings) -> settings.connection((connection) -> connection.framing(framing)));
		client.connect();
		assertThat(client.<String>request("A")).isEqualTo("A");
	}

	@Test
	void whenAFramingCarriesNoTextsThenItIsRefused() {
		for (Framing framing : List.of(Framings.raw(), Framings.fixed(155), Framings.jsonStream(),
				Framings.delimiter("0a".getBytes(StandardCharsets.US_ASCII)))) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> this.endpoints.serve((settings) -> settings.authenticator(LoginTests::authenticate)
					.connection((connection) -> connection.framing(framing))))
				.withMessageContaining("framing' is '" + framing + "' but must be another one with authenticator");
		}
	}

	@Test
	void whenTheCredentialsAreWrongThenBothSidesAreToldAndTheClientWaitsLong(CapturedOutput output) {
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(LoginTests::authenticate)
			.connection((connection) -> connection.wireLog(true)));
		TcpClient client = client(server, "s3cret guess",
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
		TcpServer server = server((login) -> {
			asked.incrementAndGet();
			return user("anybody");
		});
		try (Peer peer = new Peer(server)) {
			peer.send(data, "B", "C");
			assertThat(peer.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(asked).hasValue(0);
		assertThat(this.received).isEmpty();
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
			peer.send(RIGHT, "A", "B");
			Awaitility.await().until(() -> asked.getCount() == 0);
			peer.send("C");
			assertThat(this.received).isEmpty();
			assertThat(server.getConnections()).isEmpty();
			answer.complete(user("ada"));
			assertThat(peer.readLine()).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
			for (String echo : List.of("A", "B", "C")) {
				assertThat(peer.readLine()).isEqualTo(echo);
			}
		}
	}

	@Test
	void whenDataComesBehindAWrongLogInThenItIsNeverDelivered() {
		TcpServer server = server();
		try (Peer peer = new Peer(server)) {
			peer.send(WRONG, "A", RIGHT, "B");
			assertThat(peer.readLineOrReset()).isIn("SOCKETS-LOGIN/1 REFUSED", null);
			assertThat(peer.readLineOrReset()).isNull();
		}
		this.endpoints.awaitEvent(ConnectionRejectedEvent.class);
		assertThat(this.received).isEmpty();
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	@Test
	void whenTheLogInIsLateThenThePeerIsTurnedAwayAtTheDeadline() {
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMillis(300))
			.authenticator(LoginTests::authenticate));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("SOCKETS-LOGIN/1 PASS".getBytes(StandardCharsets.US_ASCII));
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
			.isEqualTo(RejectionReason.AUTHENTICATION);
	}

	@Test
	void whenHundredsStopInTheMiddleThenGoodOnesGetInAndTheyAreClosedAtTheDeadline() {
		TcpServer server = this.endpoints.serve(
				(settings) -> settings.handshakeTimeout(Duration.ofSeconds(2)).authenticator(LoginTests::authenticate));
		List<Peer> slow = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			slow.add(new Peer(server)
				.sendRaw(RIGHT.substring(0, i % RIGHT.length()).getBytes(StandardCharsets.US_ASCII)));
		}
		TcpClient client = client(server, SECRET, (settings) -> {
		});
		client.connect();
		assertThat(client.<String>request("hello")).isEqualTo("hello");
		slow.forEach((peer) -> {
			assertThat(peer.readLineOrReset()).isNull();
			peer.close();
		});
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 300);
		assertThat(this.endpoints.events(AddressBannedEvent.class)).isEmpty();
	}

	/** Each of them would hold a thread for ever. */
	@Test
	void whenAnAuthenticatorBlocksThenItIsInterruptedAtTheDeadlineAndOthersAreLetInLater() {
		Queue<Thread> interrupted = new ConcurrentLinkedQueue<>();
		CountDownLatch never = new CountDownLatch(1);
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(Duration.ofMillis(500)).authenticator((login) -> {
				if (login.credentials().username().equals("block")) {
					try {
						never.await();
					}
					catch (InterruptedException ex) {
						interrupted.add(Thread.currentThread());
						throw ex;
					}
				}
				return authenticate(login);
			}));
		List<Peer> blocked = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			blocked.add(new Peer(server).send(message("block", "x")));
		}
		blocked.forEach((peer) -> {
			assertThat(peer.readLineOrReset()).isNull();
			peer.close();
		});
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 100);
		assertThat(interrupted).isNotEmpty();
		TcpClient client = client(server, SECRET, (settings) -> settings.reconnect(ReconnectingTests.QUICK));
		client.start();
		Awaitility.await().until(client::isConnected);
		assertThat(this.endpoints.events(AddressBannedEvent.class)).isEmpty();
	}

	/** Not more than a few are computed for at a time. */
	@Test
	void whenManyLogInAtOnceThenAFewAreAskedForAtATime() {
		AtomicInteger busy = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(TestEndpoints.SOON).authenticator((login) -> {
				most.accumulateAndGet(busy.incrementAndGet(), Math::max);
				TestEndpoints.block(20);
				busy.decrementAndGet();
				return user("ada");
			}));
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			peers.add(new Peer(server).send(RIGHT));
		}
		peers.forEach((peer) -> {
			assertThat(peer.readLine()).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
			peer.close();
		});
		assertThat(most.get()).isBetween(1, 16);
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("the directory is down"), new Unspeakable(),
				new StackOverflowError(), new InterruptedException());
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whenAnAuthenticatorFailsThenThePeerIsTurnedAwayAndNotBlamed(Throwable failure, CapturedOutput output) {
		AtomicInteger count = new AtomicInteger();
		TcpServer server = this.endpoints
			.serve((settings) -> settings.access((access) -> access.ban(new BanRule(2, Duration.ofMinutes(10))))
				.authenticator((login) -> {
					if (count.incrementAndGet() <= 30) {
						LoginTests.<RuntimeException>sneak(failure);
					}
					return authenticate(login);
				}));
		for (int i = 0; i < 30; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send(RIGHT);
				assertThat(peer.readLineOrReset()).isNull();
			}
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, 30))
			.allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.AUTHENTICATION));
		assertThat(server.getBans()).isEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(output).contains("away without knowing whether it belongs here"));
		client(server, SECRET, (settings) -> {
		}).connect();
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable failure) throws T {
		throw (T) failure;
	}

	@Test
	void whenTheServerCannotTellThenTheClientTriesAgainSoon() {
		AtomicInteger count = new AtomicInteger();
		TcpServer server = server((login) -> {
			if (count.incrementAndGet() == 1) {
				throw new IllegalStateException("the directory is down");
			}
			return authenticate(login);
		});
		TcpClient client = client(server, SECRET, (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(10), 2, Duration.ofMinutes(5), 0, 0)));
		client.start();
		Awaitility.await().until(client::isConnected);
		assertThat(((SocketOperationException) this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
			.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED);
	}

	@Test
	void whenThereAreAThousandTriesASecondThenNoneGetsInAndGoodOnesDo() {
		TcpServer server = server();
		AtomicInteger in = new AtomicInteger();
		List<CompletableFuture<Void>> attackers = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			int number = thread;
			attackers.add(OwnThread.run(() -> attack(server, number, in)));
		}
		for (int i = 0; i < 20; i++) {
			TcpClient client = client(server, SECRET, (settings) -> {
			});
			client.connect();
			assertThat(client.<String>request("hello")).isEqualTo("hello");
			client.stop();
		}
		attackers.forEach((attacker) -> assertThat(attacker).succeedsWithin(Duration.ofMinutes(1)));
		assertThat(in).hasValue(0);
		Awaitility.await().untilAsserted(() -> {
			Map<String, Long> rejected = server.statistics().connections().rejected();
			assertThat(rejected.get(RejectionReason.AUTHENTICATION.name())
					+ rejected.getOrDefault(RejectionReason.BANNED.name(), 0L))
				.isEqualTo(1000);
		});
		assertThat(server.statistics().connections().opened()).isEqualTo(20);
	}

	/** From addresses of its own, each of which is soon banned. */
	private static void attack(TcpServer server, int thread, AtomicInteger in) {
		for (int i = 0; i < 250; i++) {
			String from = "127.0." + (thread + 2) + "." + (i / 50 + 1);
			try (Peer peer = new Peer(new InetSocketAddress(from, 0), server.getLocalAddress())) {
				peer.trySend((WRONG + "\nA\n").getBytes(StandardCharsets.US_ASCII));
				String answer = peer.readLineOrReset();
				if (answer != null && !answer.endsWith("REFUSED")) {
					in.incrementAndGet();
				}
			}
		}
	}

	/** It may have ended by itself on a slow machine, so it is tried again then. */
	@Test
	void whenAnAddressIsWrongTooOftenThenItIsBannedAndCanBeLetInAgain() {
		TcpServer server = server();
		Awaitility.await().untilAsserted(() -> {
			while (server.getBans().isEmpty()) {
				try (Peer peer = new Peer(server)) {
					peer.trySend((WRONG + "\n").getBytes(StandardCharsets.US_ASCII)).readLineOrReset();
				}
			}
			assertThat(server.statistics().connections().banned()).isEqualTo(1);
			assertThat(server.liftBan(server.getLocalAddress().getAddress())).isTrue();
		});
		assertThat(this.endpoints.awaitEvent(AddressBannedEvent.class).getBan().addresses().toString())
			.startsWith("127.0.0.1");
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask(RIGHT)).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
		}
	}

	@Test
	void whenBytesAreAnyThenNobodyGetsInAndTheServerGoesOn() {
		TcpServer server = server();
		Random random = new Random(42);
		for (int i = 0; i < 2000; i++) {
			String from = "127.1.1." + (i / 10 % 250 + 1);
			try (Peer peer = new Peer(new InetSocketAddress(from, 0), server.getLocalAddress())) {
				byte[] bytes = (RIGHT + "\n").getBytes(StandardCharsets.US_ASCII);
				for (int j = random.nextInt(20) + 1; j > 0; j--) {
					int at = random.nextInt(bytes.length);
					bytes[at] = (byte) (bytes[at] + 1 + random.nextInt(255));
				}
				peer.trySend(bytes);
				peer.reset();
			}
		}
		assertThat(this.received).isEmpty();
		TcpClient client = client(server, SECRET, (settings) -> {
		});
		client.connect();
		assertThat(client.<String>request("hello")).isEqualTo("hello");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SOCKETS-LOGIN/1 REFUSED", "A", "", "SOCKETS-LOGIN/1 WELCOM",
			"SOCKETS-LOGIN/1 WELCOME and more" })
	void whenTheServerAnswersAnythingElseThenTheClientHasNothingToDoWithIt(String answer) {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.credentials(Credentials.of("ada", SECRET)));
			client.start();
			try (Peer server = backend.accept()) {
				assertThat(server.readLine()).isEqualTo(RIGHT);
				server.send(answer, "A");
				assertThat(server.readLineOrReset()).isNull();
			}
			assertThat(((SocketOperationException) this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
				.getCode()).isEqualTo(SocketErrorCode.AUTHENTICATION_FAILED);
		}
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	/** Without TLS all between can read the password. */
	@Test
	void whenPasswordsWouldBeSentInClearThenTheStartFailsUnlessThatIsAllowed() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints
				.serve((settings) -> settings.host("0.0.0.0").authenticator(LoginTests::authenticate)))
			.withMessageContaining("'sockets.tcp.server.server.ssl.bundle' is not set but must be")
			.withMessageContaining("sockets.tcp.server.server.allow-plain-credentials");
		for (String host : List.of("192.0.2.1", "127.example.org", "::2", "example.org")) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> this.endpoints.newClient("client", 1,
						(settings) -> settings.host(host).credentials(Credentials.of("ada", SECRET))))
				.withMessageContaining("'sockets.tcp.client.client.ssl.bundle' is not set but must be")
				.withMessageNotContaining(SECRET);
		}
		for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST")) {
			this.endpoints.newClient("client", 1,
					(settings) -> settings.host(host).credentials(Credentials.of("ada", SECRET)));
		}
		TcpServer server = this.endpoints.serve((settings) -> settings.host("0.0.0.0")
			.allowPlainCredentials(true)
			.authenticator(LoginTests::authenticate));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.host("localhost").credentials(Credentials.of("ada", SECRET)));
		assertThat(client.connect().isOpen()).isTrue();
	}

	/** A name may stand for another address than it did at start. */
	@Test
	void whenTheClientHasConnectedToAnotherMachineThenNothingIsSent() throws IOException {
		InetAddress elsewhere = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst()
			.orElse(null);
		Assumptions.assumeTrue(elsewhere != null, "There is no network");
		try (ServerSocket socket = new ServerSocket(0)) {
			socket.setSoTimeout(30_000);
			dev.sockets.tcp.Peer peer = new dev.sockets.tcp.Peer(elsewhere.getHostAddress(), socket.getLocalPort());
			TcpClient client = this.endpoints.newClient("client", 1,
					(settings) -> settings.peers(() -> List.of(peer)).credentials(Credentials.of("ada", SECRET)));
			client.start();
			try (Socket accepted = socket.accept()) {
				accepted.setSoTimeout(30_000);
				assertThat(accepted.getInputStream().read()).isEqualTo(-1);
			}
		}
		assertThat(this.endpoints.awaitEvent(ConnectionFailedEvent.class).getCause())
			.hasMessageContaining("would be sent to another machine without TLS");
	}

	@Test
	void whenCredentialsCannotBeSentThenTheStartFailsAndTellsNoSecret() {
		for (Credentials credentials : List.of(Credentials.of("", SECRET), Credentials.of("ada", ""),
				Credentials.of("x".repeat(257), SECRET), Credentials.of("ada", SECRET.repeat(1000)),
				Credentials.of("\ud800", SECRET))) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(
						() -> this.endpoints.newClient("client", 1, (settings) -> settings.credentials(credentials)))
				.withMessageContaining(".credentials.")
				.withMessageContaining("'******'");
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints.newClient("client", 1,
					(settings) -> settings.credentials(Credentials.of("ada", SECRET))
						.connection((connection) -> connection.password("other"))))
			.withMessageContaining("credentials' is '******' but must be left out: with password");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.endpoints.serve((settings) -> settings.authenticator(LoginTests::authenticate)
				.connection((connection) -> connection.handshake(Connection::receiveAsync))))
			.withMessageContaining("authenticator' is '******' but must be left out: with handshake");
	}

	@Test
	void whenALogInIsShownThenItTellsNoSecret() {
		Credentials credentials = Credentials.of("ada", SECRET);
		PeerLogin login = new PeerLogin("server", new InetSocketAddress("127.0.0.1", 1), credentials, List.of());
		assertThat(credentials + " " + login).doesNotContain("ada").doesNotContain("s3cret");
	}

	@Test
	void whenTheServerStopsWhileSomebodyLogsInThenItEnds() {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(Duration.ofMinutes(5)).authenticator((login) -> {
				asked.countDown();
				never.await();
				return user("ada");
			}));
		try (Peer peer = new Peer(server)) {
			peer.send(RIGHT);
			Awaitility.await().until(() -> asked.getCount() == 0);
			server.stop();
			assertThat(peer.readLineOrReset()).isNull();
		}
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

}

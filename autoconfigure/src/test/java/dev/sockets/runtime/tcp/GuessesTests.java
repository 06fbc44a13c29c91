package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.runtime.handshake.PasswordAnswers;
import dev.sockets.runtime.handshake.PasswordKey;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Credentials;
import dev.sockets.tcp.Password;
import dev.sockets.tcp.PeerLogin;
import dev.sockets.tcp.SessionSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who guesses over connections that were opened before his address was banned gets no
 * more tries than anybody else.
 */
@Timeout(180)
class GuessesTests {

	private static final String GUESSER = "127.0.0.30";

	private static final int THREADS = 4;

	/** More than are heard at all. */
	private static final int GUESSES = 60;

	/** Those that are being heard when the address is banned. */
	private static final int UNDER_WAY = 16;

	private static final BanRule RULE = new BanRule(3, Duration.ofMinutes(5));

	private static final PasswordKey KEY = PasswordKey.of(Password.of("s3cret"));

	private static final PasswordKey WRONG_KEY = PasswordKey.of(Password.of("guess"));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	/** What protects a server, and how many wrong ones it hears. */
	private record Guarded(String name, Consumer<TcpServerSettings.Builder> settings, String right, int wrong) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Guarded> guarded() {
		return Stream
			.of(new Guarded("password",
					(settings) -> settings.connection((connection) -> connection.password("s3cret")), null, 20),
					new Guarded("authenticator", (settings) -> settings.authenticator(GuessesTests::authenticate),
							login("s3cret"), 20),
					new Guarded("session",
							(settings) -> settings.connection((connection) -> connection.session(session())),
							login("s3cret"), 20),
					new Guarded("handshake",
							(settings) -> settings
								.connection((connection) -> connection.handshake(GuessesTests::handshake)),
							login("s3cret"), 20))
			.flatMap((guarded) -> Stream.of(guarded,
					new Guarded(guarded.name() + " with ban.after",
							guarded.settings().andThen((settings) -> settings.access((access) -> access.ban(RULE))),
							guarded.right(), 3)));
	}

	private static String login(String password) {
		StringBuilder digits = new StringBuilder();
		for (byte one : password.getBytes(StandardCharsets.US_ASCII)) {
			digits.append(Integer.toHexString(one));
		}
		return "SOCKETS-LOGIN/1 PASSWORD 616461 " + digits;
	}

	private static Principal authenticate(PeerLogin login) {
		return Credentials.of("ada", "s3cret").equals(login.credentials()) ? () -> "ada" : null;
	}

	private static SessionSettings session() {
		return new SessionSettings("WELCOME".getBytes(StandardCharsets.US_ASCII), Pattern.compile(login("s3cret")),
				StandardCharsets.US_ASCII, Duration.ofMinutes(5));
	}

	private static CompletionStage<?> handshake(Connection connection) {
		return connection.<String>receiveAsync().thenAccept((message) -> {
			if (!message.equals(login("s3cret"))) {
				throw new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED, "It is wrong");
			}
			connection.send("WELCOME");
		});
	}

	@ParameterizedTest
	@MethodSource("guarded")
	void whenManyConnectionsWereOpenedBeforeThenNoMoreGuessesAreHeardAndNoneIsLetIn(Guarded guarded) {
		TcpServer server = this.endpoints
			.serve((settings) -> guarded.settings().accept(settings.handshakeTimeout(Duration.ofMinutes(5))));
		List<List<Guess>> guesses = IntStream.range(0, THREADS).mapToObj((thread) -> guesses(server, guarded)).toList();
		Queue<String> answers = new ConcurrentLinkedQueue<>();
		List<CompletableFuture<Void>> threads = guesses.stream()
			.map((some) -> OwnThread.run(() -> some.forEach((guess) -> guess.make(some, answers))))
			.toList();
		for (CompletableFuture<Void> thread : threads) {
			assertThat(thread).succeedsWithin(TestEndpoints.SOON);
		}
		assertThat(answers).noneMatch((answer) -> answer.contains("WELCOME"))
			.hasSizeLessThanOrEqualTo(guarded.wrong() + UNDER_WAY);
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, THREADS * GUESSES);
		List<RejectionReason> reasons = this.endpoints.events(ConnectionRejectedEvent.class)
			.stream()
			.map(ConnectionRejectedEvent::getReason)
			.toList();
		assertThat(reasons).containsOnly(RejectionReason.AUTHENTICATION, RejectionReason.BANNED);
		assertThat(reasons).filteredOn((reason) -> reason == RejectionReason.AUTHENTICATION)
			.hasSizeBetween(guarded.wrong(), guarded.wrong() + UNDER_WAY);
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		assertThat(this.endpoints.events(AddressBannedEvent.class)).hasSize(1);
	}

	private static List<Guess> guesses(TcpServer server, Guarded guarded) {
		List<Guess> guesses = new ArrayList<>();
		for (int i = 0; i < GUESSES; i++) {
			guesses.add(new Guess(peer(server), guarded.right()));
		}
		guesses.forEach(Guess::hear);
		return guesses;
	}

	private static Peer peer(TcpServer server) {
		return new Peer(new InetSocketAddress(GUESSER, 0), server.getLocalAddress());
	}

	/** The last one of a thread is right. */
	private static final class Guess {

		private final Peer peer;

		private final String right;

		private String challenge;

		Guess(Peer peer, String right) {
			this.peer = peer;
			this.right = right;
		}

		void hear() {
			if (this.right == null) {
				this.challenge = this.peer.readLine();
			}
		}

		void make(List<Guess> all, Queue<String> answers) {
			boolean last = all.get(all.size() - 1) == this;
			String message;
			if (this.challenge != null) {
				message = PasswordAnswers.to(this.challenge, last ? KEY : WRONG_KEY);
			}
			else {
				message = last ? this.right : login("guess");
			}
			this.peer.trySend((message + "\n").getBytes(StandardCharsets.US_ASCII));
			String answer = this.peer.readLineOrReset();
			if (answer != null) {
				answers.add(answer);
			}
			this.peer.close();
		}

	}

	@Test
	void whenTheGuessesAreThoseOfTcptalksThenTheSameHolds() throws Exception {
		TcpServer server = TcptalksPair.server(this.endpoints, "s3cret",
				(settings) -> settings.handshakeTimeout(Duration.ofMinutes(5)).access((access) -> access.ban(RULE)));
		List<TcptalksPeer> peers = new ArrayList<>();
		for (int i = 0; i < GUESSES; i++) {
			peers.add(new TcptalksPeer(server));
		}
		for (int i = 0; i < RULE.after(); i++) {
			peers.get(i).password("guess");
		}
		this.endpoints.awaitEvent(AddressBannedEvent.class);
		for (int i = RULE.after(); i < GUESSES; i++) {
			assertThat(peers.get(i).isEnded()).isTrue();
		}
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, GUESSES))
			.filteredOn((event) -> event.getReason() == RejectionReason.BANNED)
			.hasSize(GUESSES - RULE.after());
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
		for (TcptalksPeer peer : peers) {
			peer.close();
		}
	}

	/** It was right, but there had been too many guesses when that was found out. */
	@Test
	void whenAnAddressIsBannedWhileTheRightOneIsLookedAtThenItIsNotToldSo() {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<Void> banned = new CompletableFuture<>();
		AtomicInteger ended = new AtomicInteger();
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMinutes(5))
			.access((access) -> access.ban(RULE))
			.authenticator((login) -> {
				Principal principal = authenticate(login);
				if (principal != null) {
					asked.countDown();
					banned.join();
					ended.incrementAndGet();
				}
				return principal;
			}));
		try (Peer right = peer(server)) {
			right.send(login("s3cret"));
			Awaitility.await().until(() -> asked.getCount() == 0);
			for (int i = 0; i < 3; i++) {
				try (Peer wrong = peer(server)) {
					assertThat(wrong.ask(login("guess"))).isEqualTo("SOCKETS-LOGIN/1 REFUSED");
				}
			}
			this.endpoints.awaitEvent(AddressBannedEvent.class);
			banned.complete(null);
			assertThat(right.readLineOrReset()).isNull();
		}
		Awaitility.await().untilAsserted(() -> assertThat(ended).hasValue(1));
		assertThat(this.endpoints.events(ConnectedEvent.class)).isEmpty();
	}

	/**
	 * A tick of the loop comes between, and must not end the connection for no reason.
	 */
	@Test
	void whenTellingOfTheBanTakesLongThenTheLastGuessIsTurnedAwayForWhatItWas() {
		TcpServer server = this.endpoints.serve((settings) -> settings.authenticator(GuessesTests::authenticate)
			.access((access) -> access.ban(new BanRule(1, Duration.ofMinutes(5)))));
		try (LateLog log = new LateLog("takes no connections from"); Peer guesser = peer(server)) {
			guesser.send(login("guess"));
			log.awaitLine();
			Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
			log.release();
			assertThat(this.endpoints.awaitEvent(ConnectionRejectedEvent.class).getReason())
				.isEqualTo(RejectionReason.AUTHENTICATION);
		}
	}

	@Test
	void whenAnAddressIsBannedThenWhoWasLetInBeforeStays() {
		this.endpoints.echo();
		TcpServer server = this.endpoints.serve(
				(settings) -> settings.authenticator(GuessesTests::authenticate).access((access) -> access.ban(RULE)));
		try (Peer before = peer(server)) {
			assertThat(before.ask(login("s3cret"))).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
			while (this.endpoints.events(AddressBannedEvent.class).isEmpty()) {
				try (Peer wrong = peer(server)) {
					wrong.trySend((login("guess") + "\n").getBytes(StandardCharsets.US_ASCII));
					wrong.readLineOrReset();
				}
			}
			assertThat(before.ask("hello")).isEqualTo("hello");
		}
	}

	@Test
	void whenAnAddressIsBannedThenItsHandshakesOfTlsEndToo() throws IOException {
		TcpServer server = this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMinutes(5))
			.authenticator(GuessesTests::authenticate)
			.access((access) -> access.ban(new BanRule(1, Duration.ofMinutes(5))))
			.connection((connection) -> connection
				.tls(TestTls.settings(TestTls.context("server")).handshakeTimeout(Duration.ofMinutes(5)).build())));
		try (Peer silent = peer(server);
				Socket plain = new Socket(server.getLocalAddress().getAddress(), server.getLocalAddress().getPort(),
						InetAddress.getByName(GUESSER), 0);
				Peer guesser = new Peer(TestTls.context(null)
					.getSocketFactory()
					.createSocket(plain, "localhost", plain.getPort(), true))) {
			guesser.send(login("guess"));
			this.endpoints.awaitEvent(AddressBannedEvent.class);
			assertThat(silent.readLineOrReset()).isNull();
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.endpoints.events(ConnectionRejectedEvent.class))
				.extracting(ConnectionRejectedEvent::getReason)
				.containsExactlyInAnyOrder(RejectionReason.AUTHENTICATION, RejectionReason.BANNED));
	}

	/** Takes its time for one line. */
	private static final class LateLog extends UnsynchronizedAppenderBase<ILoggingEvent> implements AutoCloseable {

		private final Logger logger = (Logger) LoggerFactory.getLogger(TcpServer.class);

		private final CountDownLatch logged = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final String line;

		LateLog(String line) {
			this.line = line;
			this.logger.addAppender(this);
			start();
		}

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getFormattedMessage().contains(this.line)) {
				this.logged.countDown();
				Awaitility.await().until(() -> this.released.getCount() == 0);
			}
		}

		void awaitLine() {
			Awaitility.await().until(() -> this.logged.getCount() == 0);
		}

		void release() {
			this.released.countDown();
		}

		@Override
		public void close() {
			release();
			this.logger.detachAppender(this);
		}

	}

}

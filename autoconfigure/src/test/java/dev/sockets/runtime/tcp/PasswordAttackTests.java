package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who replays, guesses, floods or stops in the middle of a handshake gets nowhere, and
 * who knows the password gets in meanwhile. Fault F23.
 */
@Timeout(180)
class PasswordAttackTests {

	private static final String SECRET = "s3cret of both";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	PasswordAttackTests() {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		});
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

	@Test
	void whenThereAreAThousandTriesASecondThenNoneGetsInAndGoodOnesDo() throws Exception {
		TcpServer server = this.endpoints.server((connection) -> connection.password(SECRET));
		TcpClient client = this.endpoints.newClient("client", port(server),
				(settings) -> settings.connection((connection) -> connection.password(SECRET)));
		AtomicInteger in = new AtomicInteger();
		List<CompletableFuture<Void>> attackers = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			int number = thread;
			attackers.add(OwnThread.run(() -> attack(server, number, in)));
		}
		for (int i = 0; i < 20; i++) {
			client.connect();
			assertThat(client.<String>request("hello")).isEqualTo("hello");
			client.stop();
		}
		for (CompletableFuture<Void> attacker : attackers) {
			assertThat(attacker).succeedsWithin(TestEndpoints.SOON.multipliedBy(4));
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

	private static int port(TcpServer server) {
		return server.getLocalAddress().getPort();
	}

}

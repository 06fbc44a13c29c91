package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who guesses, floods or stops in the middle of a log-in gets nowhere, and who knows the
 * password gets in meanwhile. Fault F23.
 */
@Timeout(180)
class LoginAttackTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Logins logins = new Logins(this.endpoints);

	@Test
	void whenHundredsStopInTheMiddleThenGoodOnesGetInAndTheyAreClosedAtTheDeadline() {
		TcpServer server = this.endpoints
			.serve((settings) -> settings.handshakeTimeout(Duration.ofSeconds(2)).authenticator(Logins::authenticate));
		List<Peer> slow = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			slow.add(new Peer(server)
				.sendRaw(Logins.RIGHT.substring(0, i % Logins.RIGHT.length()).getBytes(StandardCharsets.US_ASCII)));
		}
		TcpClient client = this.logins.client(server, Logins.SECRET, (settings) -> {
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

	@Test
	void whenThereAreAThousandTriesASecondThenNoneGetsInAndGoodOnesDo() {
		TcpServer server = this.logins.server();
		AtomicInteger in = new AtomicInteger();
		List<CompletableFuture<Void>> attackers = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			int number = thread;
			attackers.add(OwnThread.run(() -> attack(server, number, in)));
		}
		for (int i = 0; i < 20; i++) {
			TcpClient client = this.logins.client(server, Logins.SECRET, (settings) -> {
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
				peer.trySend((Logins.WRONG + "\nA\n").getBytes(StandardCharsets.US_ASCII));
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
		TcpServer server = this.logins.server();
		Awaitility.await().untilAsserted(() -> {
			while (server.getBans().isEmpty()) {
				try (Peer peer = new Peer(server)) {
					peer.trySend((Logins.WRONG + "\n").getBytes(StandardCharsets.US_ASCII)).readLineOrReset();
				}
			}
			assertThat(server.statistics().connections().banned()).isEqualTo(1);
			assertThat(server.liftBan(server.getLocalAddress().getAddress())).isTrue();
		});
		assertThat(this.endpoints.awaitEvent(AddressBannedEvent.class).getBan().addresses().toString())
			.startsWith("127.0.0.1");
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask(Logins.RIGHT)).isEqualTo("SOCKETS-LOGIN/1 WELCOME");
		}
	}

	@Test
	void whenBytesAreAnyThenNobodyGetsInAndTheServerGoesOn() {
		TcpServer server = this.logins.server();
		Random random = new Random(42);
		for (int i = 0; i < 2000; i++) {
			String from = "127.1.1." + (i / 10 % 250 + 1);
			try (Peer peer = new Peer(new InetSocketAddress(from, 0), server.getLocalAddress())) {
				byte[] bytes = (Logins.RIGHT + "\n").getBytes(StandardCharsets.US_ASCII);
				for (int j = random.nextInt(20) + 1; j > 0; j--) {
					int at = random.nextInt(bytes.length);
					bytes[at] = (byte) (bytes[at] + 1 + random.nextInt(255));
				}
				peer.trySend(bytes);
				peer.reset();
			}
		}
		assertThat(this.logins.received).isEmpty();
		TcpClient client = this.logins.client(server, Logins.SECRET, (settings) -> {
		});
		client.connect();
		assertThat(client.<String>request("hello")).isEqualTo("hello");
	}

}

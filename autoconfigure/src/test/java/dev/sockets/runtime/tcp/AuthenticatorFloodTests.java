package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.AddressBannedEvent;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.tcp.BanRule;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Log-ins of one address that take long are not in the way of others.
 */
@Timeout(120)
class AuthenticatorFloodTests {

	private static final String WELCOME = "SOCKETS-LOGIN/1 WELCOME";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger asked = new AtomicInteger();

	private static String login(String username) {
		return "SOCKETS-LOGIN/1 PASSWORD " + HexFormat.of().formatHex(username.getBytes(StandardCharsets.US_ASCII))
				+ " 78";
	}

	private TcpServer serve(BanRule rule) {
		return this.endpoints.serve((settings) -> settings.handshakeTimeout(Duration.ofMinutes(5))
			.access((access) -> access.ban(rule))
			.authenticator((login) -> {
				String username = login.credentials().username();
				if (username.equals("slow")) {
					this.asked.incrementAndGet();
					this.release.await();
				}
				return username.equals("ada") ? () -> "ada" : null;
			}));
	}

	private static Peer peer(TcpServer server, String from) {
		return new Peer(new InetSocketAddress(from, 0), server.getLocalAddress());
	}

	/** None of those of the flood ever ends. */
	@Test
	void whenOneAddressFloodsThenAnotherOneIsLetInAtOnce() {
		TcpServer server = serve(null);
		List<Peer> flood = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			flood.add(peer(server, "127.0.0.81").send(login("slow")));
		}
		Awaitility.await().until(() -> this.asked.get() > 0);
		for (int i = 0; i < 10; i++) {
			try (Peer good = peer(server, "127.0.0.82")) {
				assertThat(good.ask(login("ada"))).isEqualTo(WELCOME);
			}
		}
		flood.forEach(Peer::close);
	}

	@Test
	void whenAnAddressIsBannedThenItsLogInsThatWaitAreNotAskedFor() {
		TcpServer server = serve(new BanRule(1, Duration.ofMinutes(5)));
		List<Peer> flood = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			flood.add(peer(server, "127.0.0.81").send(login("slow")));
		}
		Awaitility.await().until(() -> this.asked.get() == 8);
		flood.add(peer(server, "127.0.0.81").sendRaw("nonsense\n".getBytes(StandardCharsets.US_ASCII)));
		this.endpoints.awaitEvent(AddressBannedEvent.class);
		this.endpoints.awaitEvents(ConnectionRejectedEvent.class, flood.size());
		flood.forEach((peer) -> {
			assertThat(peer.readLineOrReset()).isNull();
			peer.close();
		});
		this.release.countDown();
		try (Peer good = peer(server, "127.0.0.82")) {
			assertThat(good.ask(login("ada"))).isEqualTo(WELCOME);
		}
		assertThat(this.asked).hasValue(8);
		assertThat(this.endpoints.awaitEvents(ConnectedEvent.class, 1)).hasSize(1);
	}

}

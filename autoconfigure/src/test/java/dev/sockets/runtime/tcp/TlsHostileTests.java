package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.RejectionReason;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.TestTls;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that mean a server of TLS no good.
 */
@Timeout(120)
class TlsHostileTests {

	private static final int MANY = 300;

	private final EventLoopGroup loops = TestedEngine.loops(1);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(this.loops);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5, 40 })
	void whenHundredsStopWithinTheHandshakeThenEachIsClosedAtTheDeadlineAndOthersAreServed(int bytes) {
		Duration deadline = Duration.ofSeconds(2);
		TcpServer server = server(deadline);
		byte[] begun = Arrays.copyOf(new byte[] { 22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3 }, bytes);
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			Peer peer = new Peer(server);
			peer.trySend(begun);
			peers.add(peer);
		}
		AtomicInteger late = new AtomicInteger();
		try (TlsPeer good = served(server, deadline, late)) {
			peers.forEach((peer) -> assertThat(peer.readLineOrReset()).isNull());
			assertThat(good.peer().ask("hello")).isEqualTo("hello");
		}
		peers.forEach(Peer::close);
		int closed = MANY + late.get();
		assertThat(this.endpoints.awaitEvents(ConnectionRejectedEvent.class, closed)).hasSize(closed)
			.allSatisfy((event) -> assertThat(event.getReason()).isEqualTo(RejectionReason.TLS));
		assertThat(server.statistics().connections().rejected()).containsEntry("TLS", (long) closed);
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(1);
		Awaitility.await().until(() -> server.status().connections() == 0);
		Awaitility.await().until(() -> this.loops.memory().used() == 0);
	}

	/** Comes again when it was held up until the deadline itself. */
	private static TlsPeer served(TcpServer server, Duration deadline, AtomicInteger late) {
		while (true) {
			long begin = System.nanoTime();
			TlsPeer peer = TlsPeer.connect(server.getLocalAddress(), TestTls.context(null));
			if (isServed(peer)) {
				return peer;
			}
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(deadline.minusMillis(100));
			late.incrementAndGet();
			peer.close();
		}
	}

	private static boolean isServed(TlsPeer peer) {
		try {
			return "hello".equals(peer.peer().ask("hello"));
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	@Test
	void whenPeersStopWithinTheHandshakeThenTheyCountToTheLimitUntilTheyAreClosed() {
		TcpServer server = this.endpoints.echo()
			.serve((settings) -> settings.maxConnections(3)
				.connection((all) -> all
					.tls(TestTls.settings(TestTls.context("server")).handshakeTimeout(Duration.ofSeconds(3)).build())));
		List<Peer> peers = List.of(new Peer(server), new Peer(server), new Peer(server));
		try (Peer fourth = new Peer(server)) {
			assertThat(fourth.readLineOrReset()).isNull();
		}
		peers.forEach((peer) -> assertThat(peer.readLineOrReset()).isNull());
		Awaitility.await().until(() -> {
			try (TlsPeer good = TlsPeer.connect(server.getLocalAddress(), TestTls.context(null))) {
				return isServed(good);
			}
		});
		peers.forEach(Peer::close);
	}

	@Test
	void whenPeersAreWithinTheHandshakeThenStoppingDoesNotWaitForThem() {
		TcpServer server = server(Duration.ofMinutes(10));
		Peer peer = new Peer(server);
		peer.sendRaw(new byte[] { 22, 3, 1 });
		Awaitility.await().until(() -> this.loops.memory().used() > 0);
		server.stop();
		assertThat(server.isTerminated()).isTrue();
		assertThat(peer.readLineOrReset()).isNull();
		peer.close();
		assertThat(this.loops.memory().used()).isZero();
	}

	@Test
	void whenPeersSendNoiseThenNobodyGetsInAndOthersAreServed() {
		Duration deadline = Duration.ofSeconds(1);
		TcpServer server = server(deadline);
		Random random = new Random(7);
		for (int i = 0; i < 200; i++) {
			byte[] noise = new byte[1 + random.nextInt(3000)];
			random.nextBytes(noise);
			noise[0] = (byte) (20 + random.nextInt(6));
			try (Peer peer = new Peer(server)) {
				peer.trySend(noise);
				if (i % 10 == 0) {
					assertThat(peer.readLineOrReset()).satisfiesAnyOf((line) -> assertThat(line).isNull(),
							(line) -> assertThat(line).isNotEqualTo("hello"));
				}
			}
		}
		served(server, deadline, new AtomicInteger()).close();
		assertThat(this.endpoints.events(ConnectedEvent.class)).hasSize(1);
		Awaitility.await().until(() -> server.status().connections() == 0);
		Awaitility.await().until(() -> this.loops.memory().used() == 0);
	}

	@Test
	void whenAPeerSendsByteByByteThenItIsServed() throws IOException {
		TcpServer server = server(Duration.ofSeconds(30));
		try (TlsPeer good = TlsPeer.connect(server.getLocalAddress(), TestTls.context(null))) {
			for (int i = 0; i < 300; i++) {
				good.tls().getOutputStream().write("hello\n".charAt(i % 6));
			}
			for (int i = 0; i < 50; i++) {
				assertThat(good.peer().readLine()).isEqualTo("hello");
			}
		}
	}

	private TcpServer server(Duration handshakeTimeout) {
		return this.endpoints.echo()
			.server((all) -> all
				.tls(TestTls.settings(TestTls.context("server")).handshakeTimeout(handshakeTimeout).build()));
	}

}

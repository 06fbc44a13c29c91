package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A broadcast reaches all, is encoded once, and waits for nobody.
 */
@Timeout(60)
class BroadcastTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final AtomicInteger encoded = new AtomicInteger();

	@Test
	void whenBroadcastThenAllGetItInOrderAndItIsEncodedOnce() {
		TcpServer server = server();
		List<Peer> peers = connect(server, 50);
		for (int i = 0; i < 20; i++) {
			assertThat(server.broadcast("news " + i)).isEqualTo(50);
		}
		for (Peer peer : peers) {
			for (int i = 0; i < 20; i++) {
				assertThat(peer.readLine()).isEqualTo("news " + i);
			}
			peer.close();
		}
		assertThat(this.encoded).hasValue(20);
		Awaitility.await().until(() -> server.broadcast("nobody") == 0);
	}

	@Test
	void whenHandlerBroadcastsThenItsOwnConnectionGetsItInItsPlace() {
		TcpServer server = server();
		this.endpoints.onMessage((message) -> {
			message.reply("before");
			server.broadcast("news");
			message.reply("after");
		});
		List<Peer> peers = connect(server, 2);
		peers.get(0).send("go");
		assertThat(peers.get(0).readLine()).isEqualTo("before");
		assertThat(peers.get(0).readLine()).isEqualTo("news");
		assertThat(peers.get(0).readLine()).isEqualTo("after");
		assertThat(peers.get(1).readLine()).isEqualTo("news");
		peers.forEach(Peer::close);
	}

	@Test
	void whenHandlerBlocksAfterItsBroadcastThenAllGetItMeanwhile() {
		TcpServer server = server();
		CountDownLatch seen = new CountDownLatch(1);
		this.endpoints.onMessage((message) -> {
			server.broadcast("news");
			assertThat(await(seen)).isTrue();
			message.reply("seen");
		});
		List<Peer> peers = connect(server, 5);
		peers.get(0).send("go");
		for (Peer peer : peers) {
			assertThat(peer.readLine()).isEqualTo("news");
		}
		seen.countDown();
		assertThat(peers.get(0).readLine()).isEqualTo("seen");
		peers.forEach(Peer::close);
	}

	@Test
	void whenHandlerBroadcastsMoreThanMayWaitThenPeersThatReadGetItAll() {
		TcpServer server = this.endpoints.server((connection) -> connection.maxPending(8 * 1024));
		String large = "x".repeat(3000);
		this.endpoints.onMessage((message) -> {
			for (int i = 0; i < 20; i++) {
				server.broadcast(i + large);
			}
		});
		List<Peer> peers = connect(server, 4);
		peers.get(0).send("go");
		for (Peer peer : peers.subList(1, 4)) {
			for (int i = 0; i < 20; i++) {
				assertThat(peer.readLine()).isEqualTo(i + large);
			}
		}
		peers.forEach(Peer::close);
	}

	@Test
	void whenOnePeerStallsThenTheOthersGetEverythingAndItIsCutOff() {
		TcpServer server = server();
		Peer stalled = new Peer(server.getLocalAddress(), 4096);
		List<Peer> peers = connect(server, 5, 1);
		String large = "x".repeat(50_000);
		List<Thread> readers = new ArrayList<>();
		List<AtomicInteger> received = new ArrayList<>();
		for (Peer peer : peers) {
			AtomicInteger count = new AtomicInteger();
			received.add(count);
			Thread reader = new Thread(() -> {
				for (int i = 0; i < 200; i++) {
					assertThat(peer.readLine()).isEqualTo(large);
					count.incrementAndGet();
				}
			});
			reader.start();
			readers.add(reader);
		}
		try (Stalls stalls = new Stalls()) {
			long longest = 0;
			for (int i = 0; i < 200; i++) {
				int number = i;
				long start = System.nanoTime();
				server.broadcast(large);
				longest = Math.max(longest, System.nanoTime() - start);
				Awaitility.await()
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> received.stream().allMatch((count) -> count.get() >= number - 10));
			}
			Awaitility.await().until(() -> received.stream().allMatch((count) -> count.get() == 200));
			assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(3).plus(stalls.longest()));
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.SLOW_CONSUMER);
		assertThat(server.broadcast("end")).isEqualTo(5);
		peers.forEach(Peer::close);
		stalled.close();
	}

	@Test
	void whenPayloadCannotBeEncodedThenBroadcastThrowsAndNobodyGetsAnything() {
		TcpServer server = server();
		List<Peer> peers = connect(server, 2);
		assertThat(catchThrowableOfType(SocketOperationException.class, () -> server.broadcast("bad")).getCode())
			.isEqualTo(SocketErrorCode.CODEC_FAILED);
		server.broadcast("good");
		peers.forEach((peer) -> assertThat(peer.readLine()).isEqualTo("good"));
		peers.forEach(Peer::close);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private TcpServer server() {
		Codec text = Codecs.text(StandardCharsets.UTF_8);
		return this.endpoints.server((connection) -> connection.codec(new Codec() {

			@Override
			public Object decode(byte[] buffer, int offset, int length) throws Exception {
				return text.decode(buffer, offset, length);
			}

			@Override
			public byte[] encode(Object payload) throws Exception {
				if (payload.equals("bad")) {
					throw new IllegalArgumentException("on purpose");
				}
				BroadcastTests.this.encoded.incrementAndGet();
				return text.encode(payload);
			}

		}));
	}

	private List<Peer> connect(TcpServer server, int count) {
		return connect(server, count, 0);
	}

	private List<Peer> connect(TcpServer server, int count, int others) {
		List<Peer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			peers.add(new Peer(server));
		}
		Awaitility.await().until(() -> server.getConnections().size() == count + others);
		return peers;
	}

}

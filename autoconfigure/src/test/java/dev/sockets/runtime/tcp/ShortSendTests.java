package dev.sockets.runtime.tcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.loop.EventLoop;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sockets that take a part of what is written, thousands of times, while handlers that
 * block have the loop taken over: every byte arrives once and in order.
 */
@Timeout(120)
class ShortSendTests {

	private static final int SERVERS = 6;

	private static final int PEERS = 8;

	private static final int MESSAGES = 600;

	private static final int WINDOW = 6;

	/** Each so many messages a handler blocks, half of them after their reply. */
	private static final int BLOCKING = 5;

	private static final int SMALL_BUFFER = 4096;

	/** Two are more than the buffers of both sides take. */
	private static final int FULL = 8000;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@AutoClose("shutdownNow")
	private final ExecutorService threads = TestEndpoints.handlerThreads();

	private final AtomicInteger blocked = new AtomicInteger();

	@Test
	void whenSocketsTakeAPartAndLoopsAreTakenOverThenEveryByteArrivesInOrder() throws Exception {
		List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < SERVERS; i++) {
			Dispatch dispatch = (i % 2 == 0) ? Dispatch.LOOP : Dispatch.AUTO;
			TcpServer server = server("server" + i, dispatch);
			for (int peer = 0; peer < PEERS; peer++) {
				int seed = i * PEERS + peer;
				ends.add(this.threads.submit(() -> converse(server, seed)));
			}
		}
		for (Future<?> end : ends) {
			end.get(100, TimeUnit.SECONDS);
		}
		assertThat(this.blocked).hasValue(SERVERS / 2 * PEERS * MESSAGES / BLOCKING);
	}

	/** Longer than a closed socket waits for its peer's end. */
	@Test
	void whenConnectionsAreClosedAndPeersReadLaterThenAllIsThere() throws Exception {
		CountDownLatch filled = new CountDownLatch(PEERS);
		this.endpoints.onMessage("closing", (message) -> {
			message.reply("x".repeat(FULL));
			if (message.getPayload().equals("end")) {
				message.getConnection().close();
			}
			else {
				filled.countDown();
			}
		});
		TcpServer server = this.endpoints.server("closing", (connection) -> small(connection, Dispatch.LOOP));
		List<Future<?>> ends = new ArrayList<>();
		for (int i = 0; i < PEERS; i++) {
			ends.add(this.threads.submit(() -> readLate(server, filled)));
		}
		for (Future<?> end : ends) {
			end.get(100, TimeUnit.SECONDS);
		}
	}

	private static Void readLate(TcpServer server, CountDownLatch filled) throws Exception {
		try (Peer peer = new Peer(server.getLocalAddress(), SMALL_BUFFER)) {
			peer.send("fill");
			assertThat(filled.await(60, TimeUnit.SECONDS)).isTrue();
			peer.send("end");
			TestEndpoints.block(TimeUnit.NANOSECONDS.toMillis(2 * EventLoop.LINGER_NANOS));
			assertThat(peer.in().readAllBytes()).hasSize(2 * (FULL + 1));
		}
		return null;
	}

	private TcpServer server(String name, Dispatch dispatch) {
		this.endpoints.onMessage(name, (message) -> handle(message, dispatch));
		return this.endpoints.server(name, (connection) -> small(connection, dispatch));
	}

	private void handle(MessageReceivedEvent<?> message, Dispatch dispatch) {
		int number = Integer.parseInt((String) message.getPayload());
		boolean early = number % 2 == 0;
		if (early) {
			message.reply(body(number));
		}
		if (dispatch == Dispatch.AUTO && number % BLOCKING == 0) {
			this.blocked.incrementAndGet();
			TestEndpoints.block(10);
		}
		if (!early) {
			message.reply(body(number));
		}
	}

	private static ConnectionSettings.Builder small(ConnectionSettings.Builder connection, Dispatch dispatch) {
		return connection.dispatch(dispatch)
			.socketOptions(new SocketOptions(true, null, SMALL_BUFFER, SMALL_BUFFER, null, null, null));
	}

	private Void converse(TcpServer server, int seed) throws IOException {
		Random random = new Random(seed);
		try (Peer peer = new Peer(server.getLocalAddress(), SMALL_BUFFER)) {
			DataInputStream in = new DataInputStream(peer.in());
			for (int number = 0; number < MESSAGES + WINDOW; number++) {
				if (number < MESSAGES) {
					peer.send(String.valueOf(number));
				}
				if (number >= WINDOW) {
					expect(in, number - WINDOW, random);
				}
			}
		}
		return null;
	}

	private static void expect(DataInputStream in, int number, Random random) throws IOException {
		byte[] expected = (body(number) + "\n").getBytes(StandardCharsets.US_ASCII);
		byte[] bytes = new byte[expected.length];
		for (int at = 0; at < bytes.length;) {
			int piece = Math.min(bytes.length - at, 1 + random.nextInt(1000));
			in.readFully(bytes, at, piece);
			at += piece;
			if (random.nextInt(8) == 0) {
				TestEndpoints.block(1);
			}
		}
		assertThat(new String(bytes, StandardCharsets.US_ASCII))
			.isEqualTo(new String(expected, StandardCharsets.US_ASCII));
	}

	private static String body(int number) {
		Random random = new Random(number);
		StringBuilder text = new StringBuilder(number + "-");
		for (int length = random.nextInt(3000); length > 0; length--) {
			text.append((char) ('a' + random.nextInt(26)));
		}
		return text.toString();
	}

}

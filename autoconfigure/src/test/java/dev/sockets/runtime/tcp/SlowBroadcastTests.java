package dev.sockets.runtime.tcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.codec.Codecs;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One consumer that reads nothing of a broadcast is cut, and the others lose nothing.
 * Fault F11.
 */
@Tag("measures")
@Timeout(60)
class SlowBroadcastTests {

	private static final int MEBIBYTE = 1024 * 1024;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource(names = { "DISCONNECT", "DROP_NEWEST", "DROP_OLDEST" })
	void f11_whenOneConsumerReadsNothingOfABroadcastThenItIsCutAndTheOthersLoseNothing(SlowConsumerPolicy policy)
			throws Exception {
		long total = (policy == SlowConsumerPolicy.DISCONNECT) ? 100L * MEBIBYTE : 40L * MEBIBYTE;
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false))
				.codec(Codecs.bytes())
				.slowConsumer(policy)
				.writeTimeout(Duration.ofSeconds(4)));
		try (Peer deaf = new Peer(server.getLocalAddress(), 4096); Stalls stalls = new Stalls()) {
			Connection slow = this.endpoints.onlyConnection(server);
			assertThat(slow.getRemoteAddress()).isEqualTo(deaf.address());
			List<Consumer> consumers = Stream.generate(() -> new Consumer(server)).limit(3).toList();
			Awaitility.await().until(() -> server.getConnections().size() == 4);
			consumers.forEach(Thread::start);
			Random random = new Random(11);
			int count = 0;
			long bytes = 0;
			long longest = 0;
			long most = 0;
			long start = System.nanoTime();
			while (bytes < total) {
				byte[] message = new byte[1024 + random.nextInt(63 * 1024)];
				message[0] = (byte) count;
				message[message.length - 1] = (byte) count;
				long begin = System.nanoTime();
				server.broadcast(message);
				longest = Math.max(longest, System.nanoTime() - begin);
				most = Math.max(most, slow.getStatistics().pendingBytes());
				bytes += message.length;
				count++;
				while (bytes - consumers.stream().mapToLong(Consumer::bytes).min().getAsLong() > MEBIBYTE / 2) {
					LockSupport.parkNanos(50_000);
				}
			}
			long took = System.nanoTime() - start;
			int expected = count;
			Awaitility.await().until(() -> consumers.stream().allMatch((consumer) -> consumer.count.get() == expected));
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			Figures.print("F11",
					"%s: %d MiB broadcast in %d messages to 3 consumers and a deaf one: %.0f MiB/s, longest call %.1f ms, "
							+ "most waiting for the deaf one %,d of %,d bytes, cut as %s",
					policy, bytes / MEBIBYTE, count, bytes * 1e9 / MEBIBYTE / took, longest / 1e6, most, MEBIBYTE,
					end.getReason());
			assertThat(most).isBetween(MEBIBYTE / 2L, (long) MEBIBYTE);
			assertThat(end.getConnection()).isSameAs(slow);
			assertThat(end.getReason()).isEqualTo((policy == SlowConsumerPolicy.DISCONNECT)
					? DisconnectReason.SLOW_CONSUMER : DisconnectReason.WRITE_TIMEOUT);
			assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(3).plus(stalls.longest()));
			assertThat(this.endpoints.events(DisconnectedEvent.class)).hasSize(1);
			assertThat(consumers).allSatisfy((consumer) -> assertThat(consumer.disorder).isEmpty());
			server.disconnectAll();
			for (Consumer consumer : consumers) {
				consumer.join();
			}
		}
	}

	/** Reads broadcast messages and notes what is missing. */
	private static final class Consumer extends Thread {

		private final Peer peer;

		private final AtomicInteger count = new AtomicInteger();

		private final AtomicLong bytes = new AtomicLong();

		private final ConcurrentLinkedQueue<String> disorder = new ConcurrentLinkedQueue<>();

		Consumer(TcpServer server) {
			this.peer = new Peer(server);
		}

		long bytes() {
			return this.bytes.get();
		}

		@Override
		public void run() {
			Random random = new Random(11);
			try (Peer closing = this.peer) {
				DataInputStream in = new DataInputStream(closing.in());
				while (true) {
					byte[] message = new byte[in.readInt()];
					in.readFully(message);
					int number = this.count.get();
					if (message.length != 1024 + random.nextInt(63 * 1024) || message[0] != (byte) number
							|| message[message.length - 1] != (byte) number) {
						this.disorder.add("message " + number);
					}
					this.bytes.addAndGet(message.length);
					this.count.incrementAndGet();
				}
			}
			catch (IOException ex) {
				// the end of the test
			}
		}

	}

}

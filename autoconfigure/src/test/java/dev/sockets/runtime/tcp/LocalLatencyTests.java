package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.testkit.RedisServer;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long messages take to connections of the node that sends them, whatever Redis does.
 */
@Tag("measures")
@Timeout(120)
class LocalLatencyTests {

	private static final int RATE = 500;

	private static final int LINES = 500;

	private static final int ROUNDS = 4;

	@Test
	void whenBrokerIsAwayThenLocalMessagesAreAsQuick() {
		try (RedisServer redis = RedisServer.start(); TestNodes nodes = RedisNodes.three(redis.url())) {
			RedisNodes.serve(nodes);
			nodes.connectTo(0);
			try (Stalls stalls = new Stalls()) {
				Duration before = leastLatency(nodes);
				redis.kill();
				Awaitility.await().until(() -> !nodes.server(0).presence().isCurrent());
				Duration away = leastLatency(nodes);
				System.out.println("p99 of local messages with Redis: " + before + ", without: " + away);
				assertThat(away).isLessThan(before.multipliedBy(2).plus(stalls.total()).plus(Duration.ofMillis(2)));
			}
		}
	}

	/** Returns the latency of the best of several rounds, as others use the machine. */
	private static Duration leastLatency(TestNodes nodes) {
		return Stream.generate(() -> latency(nodes)).limit(ROUNDS).min(Comparator.naturalOrder()).orElseThrow();
	}

	/** Returns what one in a hundred lines takes longer than. */
	private static Duration latency(TestNodes nodes) {
		long[] readAt = new long[LINES];
		List<Long> sentAt;
		try (Numbered lines = new Numbered(nodes.server(0)::broadcast, RATE)) {
			for (int i = 0; i < LINES; i++) {
				assertThat(nodes.peer(0).readLine()).isEqualTo(String.valueOf(i));
				readAt[i] = System.nanoTime();
			}
			sentAt = lines.stop();
		}
		nodes.server(0).broadcast("end");
		Peers.linesUntilEnd(nodes.peer(0));
		long[] sorted = LongStream.range(0, LINES).map((i) -> readAt[(int) i] - sentAt.get((int) i)).sorted().toArray();
		return Duration.ofNanos(sorted[sorted.length * 99 / 100]);
	}

}

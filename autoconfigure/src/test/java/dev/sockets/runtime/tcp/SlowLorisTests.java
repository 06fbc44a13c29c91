package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.WhenFull;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that take their time cannot hold connections for long, nor others up. Faults F1
 * and F2.
 */
@Tag("measures")
@Timeout(60)
class SlowLorisTests {

	private static final Duration DEADLINE = Duration.ofMillis(600);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void f1_whenHundredsSendFramesByteByByteThenEachIsClosedInTimeAndOthersAreServed() throws Exception {
		Map<InetSocketAddress, Long> closedAt = new ConcurrentHashMap<>();
		this.endpoints.echo().onEvent((event) -> {
			if (event instanceof DisconnectedEvent end && end.getReason() == DisconnectReason.FRAME_TIMEOUT) {
				closedAt.put(end.getConnection().getRemoteAddress(), System.nanoTime());
			}
		});
		TcpServer server = this.endpoints.server((connection) -> connection.frameTimeout(DEADLINE));
		AtomicBoolean over = new AtomicBoolean();
		try (Peer honest = new Peer(server); Stalls stalls = new Stalls()) {
			ask(honest, 3000);
			long[] before = ask(honest, 2000);
			List<Peer> loris = Stream.generate(() -> new Peer(server)).limit(300).toList();
			Map<InetSocketAddress, Long> begunAt = new ConcurrentHashMap<>();
			Thread feeder = new Thread(() -> feed(loris, begunAt, closedAt, over));
			feeder.start();
			List<Long> during = new ArrayList<>();
			while (closedAt.size() < loris.size()) {
				for (long time : ask(honest, 50)) {
					during.add(time);
				}
			}
			over.set(true);
			feeder.join();
			long[] late = loris.stream()
				.map(Peer::address)
				.mapToLong((address) -> closedAt.get(address) - begunAt.get(address) - DEADLINE.toNanos())
				.toArray();
			long[] pings = during.stream().mapToLong(Long::longValue).toArray();
			Figures.print("F1",
					"%d slow peers closed %.0f to %.0f ms after the frame deadline; another's request: "
							+ "p50 %.2f ms, p99 %.2f ms before, p50 %.2f ms, p99 %.2f ms during (%d requests)",
					late.length, Figures.percentile(late, 0) / 1e6, Figures.percentile(late, 1) / 1e6,
					Figures.percentile(before, 0.5) / 1e6, Figures.percentile(before, 0.99) / 1e6,
					Figures.percentile(pings, 0.5) / 1e6, Figures.percentile(pings, 0.99) / 1e6, pings.length);
			assertThat(LongStream.of(late).mapToObj(Duration::ofNanos)).allSatisfy((time) -> assertThat(time)
				.isBetween(Duration.ofMillis(-50), Duration.ofSeconds(3).plus(stalls.longest())));
			assertThat(Duration.ofNanos(Figures.percentile(pings, 0.99)))
				.isLessThan(Duration.ofSeconds(1).plus(stalls.longest()));
			loris.forEach(Peer::close);
		}
	}

	@Test
	void f1_whenFramesAreSlowButInTimeThenTheyArrive() {
		this.endpoints.echo();
		Duration deadline = Duration.ofSeconds(4);
		TcpServer server = this.endpoints.server((connection) -> connection.frameTimeout(deadline));
		try (Peer peer = new Peer(server)) {
			long end = System.nanoTime() + deadline.plusMillis(500).toNanos();
			while (System.nanoTime() < end) {
				peer.sendRaw("sl".getBytes());
				LockSupport.parkNanos(150_000_000);
				assertThat(peer.ask("ow")).isEqualTo("slow");
				peer.sendRaw("slow\nbeg".getBytes());
				assertThat(peer.readLine()).isEqualTo("slow");
				assertThat(peer.ask("un")).isEqualTo("begun");
			}
		}
	}

	@Test
	void f1_whenNothingIsBegunThenTheFrameDeadlineDoesNotRun() {
		this.endpoints.echo();
		TcpServer server = this.endpoints.server((connection) -> connection.frameTimeout(Duration.ofMillis(100)));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("first")).isEqualTo("first");
			assertThat(peer.readLine(Duration.ofMillis(500))).isNull();
			assertThat(peer.ask("second")).isEqualTo("second");
		}
	}

	@Test
	void f2_whenPeersNeverSpeakThenTheyAreClosedAtTheDeadline() {
		List<Object> received = new ArrayList<>();
		this.endpoints.onMessage((MessageReceivedEvent<?> message) -> received.add(message.getPayload()));
		TcpServer server = this.endpoints
			.serve((settings) -> settings.firstDataTimeout(DEADLINE).whenFull(WhenFull.WAIT));
		server.pause();
		try (Peer speaker = new Peer(server)) {
			speaker.sendRaw("h".getBytes());
			server.resume();
			Stalls stalls = new Stalls();
			List<Peer> silent = Stream.generate(() -> new Peer(server)).limit(50).toList();
			Map<Connection, Long> begins = this.endpoints.awaitEvents(ConnectedEvent.class, 51)
				.stream()
				.collect(Collectors.toMap(ConnectedEvent::getConnection, ConnectedEvent::getTimestamp));
			List<DisconnectedEvent> ends = this.endpoints.awaitEvents(DisconnectedEvent.class, 50);
			stalls.close();
			assertThat(ends).hasSize(50).allSatisfy((end) -> {
				assertThat(end.getReason()).isEqualTo(DisconnectReason.IDLE);
				assertThat(end.getConnection().getRemoteAddress()).isNotEqualTo(speaker.address());
				assertThat(Duration.ofMillis(end.getTimestamp() - begins.get(end.getConnection()))).isBetween(
						DEADLINE.minusMillis(50).minus(stalls.longest()),
						DEADLINE.plusSeconds(4).plus(stalls.longest()));
			});
			assertThat(silent).allSatisfy((peer) -> assertThat(peer.readLine()).isNull());
			assertThat(server.getConnections()).extracting(Connection::getRemoteAddress)
				.containsExactly(speaker.address());
			speaker.send("ello");
			Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("hello"));
			silent.forEach(Peer::close);
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty() && server.status().connections() == 0);
	}

	private static void feed(List<Peer> loris, Map<InetSocketAddress, Long> begunAt,
			Map<InetSocketAddress, Long> closedAt, AtomicBoolean over) {
		while (!over.get()) {
			for (Peer peer : loris) {
				begunAt.putIfAbsent(peer.address(), System.nanoTime());
				if (!closedAt.containsKey(peer.address())) {
					peer.trySend("x".getBytes());
				}
			}
			LockSupport.parkNanos(100_000_000);
		}
	}

	private static long[] ask(Peer peer, int count) {
		long[] times = new long[count];
		for (int i = 0; i < count; i++) {
			long start = System.nanoTime();
			peer.ask("ping");
			times[i] = System.nanoTime() - start;
		}
		return times;
	}

}

package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.assertj.core.util.Throwables;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationListener;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.SocketOptions;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Stalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A consumer that does not keep up costs a bounded amount of memory and nobody else
 * anything. Faults F11 and F12.
 */
@Tag("measures")
@Timeout(60)
class SlowConsumerTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private static final int LIMIT = 100_000;

	private static final int SIZE = 10_000;

	/** Small buffers, so that what waits waits in the server. */
	private static final SocketOptions SMALL = new SocketOptions(true, null, null, 16 * 1024, null, null, null);

	/** Longer than any test, as filling hundreds of sockets takes a while. */
	private static final Duration LONG = Duration.ofMinutes(5);

	private static final AtomicInteger numbers = new AtomicInteger();

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void f11_whenManyThreadsSendThenWhatWaitsIsNeverMoreThanTheLimit() {
		TcpServer server = server(SlowConsumerPolicy.DROP_NEWEST);
		try (Peer deaf = new Peer(server.getLocalAddress(), 4096)) {
			Connection slow = this.endpoints.onlyConnection(server);
			AtomicBoolean over = new AtomicBoolean();
			AtomicLong most = new AtomicLong();
			Thread sampler = new Thread(() -> {
				while (!over.get()) {
					most.accumulateAndGet(slow.getStatistics().pendingBytes(), Math::max);
				}
			});
			sampler.start();
			CompletableFuture<?>[] senders = IntStream.range(0, 4).mapToObj((i) -> OwnThread.run(() -> {
				for (int j = 0; j < 3000; j++) {
					slow.sendAsync("x".repeat(1 + j % 3000));
				}
			})).toArray(CompletableFuture<?>[]::new);
			CompletableFuture.allOf(senders).join();
			over.set(true);
			most.accumulateAndGet(slow.getStatistics().pendingBytes(), Math::max);
			assertThat(most).hasValueBetween(LIMIT / 2L, LIMIT);
			assertThat(deaf.address()).isNotNull();
		}
	}

	@Test
	void whenPolicyIsDropNewestThenWhatWasSentFirstArrives() {
		Ends ends = observe();
		TcpServer server = server(SlowConsumerPolicy.DROP_NEWEST);
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			Connection slow = this.endpoints.onlyConnection(server);
			List<String> sent = sendToFullSocket(slow);
			List<String> dropped = awaitCode(ends, SocketErrorCode.SLOW_CONSUMER);
			int accepted = sent.size() - dropped.size();
			assertThat(dropped).isNotEmpty().isEqualTo(sent.subList(accepted, sent.size()));
			assertThat(readMessages(peer, accepted)).isEqualTo(sent.subList(0, accepted));
			sent.addAll(send(slow, 1));
			assertThat(readMessages(peer, 1)).isEqualTo(sent.subList(sent.size() - 1, sent.size()));
			ends.expectOneEach(sent);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAHandlerThatMayNotWaitSendsToASlowConsumerThenItLearnsWhatWasDropped(boolean raw) {
		List<String> accepted = new CopyOnWriteArrayList<>();
		List<SocketErrorCode> refused = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> done = new CompletableFuture<>();
		AtomicReference<Connection> slow = new AtomicReference<>();
		TcpServer server = this.endpoints.onMessage((message) -> {
			for (int i = 0; i < 200; i++) {
				String text = i + "x".repeat(SIZE);
				try {
					if (raw) {
						slow.get().sendRaw((text + "\n").getBytes());
					}
					else {
						slow.get().send(text);
					}
					accepted.add(text);
				}
				catch (SocketOperationException ex) {
					refused.add(ex.getCode());
				}
			}
			done.complete(null);
		}).server((connection) -> limited(connection, SlowConsumerPolicy.DROP_NEWEST).dispatch(Dispatch.LOOP));
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			slow.set(this.endpoints.onlyConnection(server));
			try (Peer other = new Peer(server)) {
				other.send("go");
				assertThat(done).succeedsWithin(TestEndpoints.SOON);
			}
			assertThat(refused).isNotEmpty().containsOnly(SocketErrorCode.SLOW_CONSUMER);
			assertThat(accepted.size() + refused.size()).isEqualTo(200);
			assertThat(readMessages(peer, accepted.size())).isEqualTo(accepted);
		}
	}

	@Test
	void whenPolicyIsDropOldestThenWhatWasSentLastArrives() {
		Ends ends = observe();
		TcpServer server = server(SlowConsumerPolicy.DROP_OLDEST);
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			Connection slow = this.endpoints.onlyConnection(server);
			List<String> sent = sendToFullSocket(slow);
			List<String> dropped = awaitCode(ends, SocketErrorCode.SLOW_CONSUMER);
			List<String> kept = new ArrayList<>(sent);
			kept.removeAll(dropped);
			assertThat(dropped).isNotEmpty();
			assertThat(kept).endsWith(sent.subList(sent.size() - 5, sent.size()).toArray(String[]::new));
			assertThat(readMessages(peer, kept.size())).isEqualTo(kept);
			int first = sent.indexOf(dropped.get(0));
			assertThat(dropped).isEqualTo(sent.subList(first, first + dropped.size()));
			ends.expectOneEach(sent);
		}
	}

	@Test
	void whenPolicyIsBlockThenOnlySendersThatWaitAreLetIn() {
		Ends ends = observe();
		TcpServer server = server(SlowConsumerPolicy.BLOCK);
		try (Peer peer = new Peer(server.getLocalAddress(), 4096)) {
			Connection slow = this.endpoints.onlyConnection(server);
			List<String> sent = sendToFullSocket(slow);
			List<String> dropped = awaitCode(ends, SocketErrorCode.SLOW_CONSUMER);
			String last = "last" + "x".repeat(SIZE);
			CompletableFuture<Void> waiting = OwnThread.run(() -> slow.send(last));
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone());
			List<String> kept = new ArrayList<>(sent);
			kept.removeAll(dropped);
			kept.add(last);
			assertThat(readMessages(peer, kept.size())).isEqualTo(kept);
			assertThat(waiting).succeedsWithin(TestEndpoints.SOON);
			sent.add(last);
			ends.expectOneEach(sent);
		}
	}

	@Test
	void whenPeerTakesNothingThenWaitingSendersFailAtTheWriteDeadline() {
		Ends ends = observe();
		TcpServer server = this.endpoints
			.server((connection) -> limited(connection, SlowConsumerPolicy.BLOCK).writeTimeout(Duration.ofSeconds(2)));
		try (Peer deaf = new Peer(server.getLocalAddress(), 4096); Stalls stalls = new Stalls()) {
			Connection slow = this.endpoints.onlyConnection(server);
			long start = System.nanoTime();
			List<String> sent = send(slow, 50);
			SocketOperationException failure = catchThrowableOfType(SocketOperationException.class,
					() -> slow.send("waits"));
			assertThat(failure.getCode()).as(() -> Throwables.getStackTrace(failure))
				.isEqualTo(SocketErrorCode.WRITE_TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1950),
					Duration.ofSeconds(10).plus(stalls.total()));
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.WRITE_TIMEOUT);
			sent.add("waits");
			ends.expectOneEach(sent);
			assertThat(ends.failed.values()).contains(SocketErrorCode.WRITE_TIMEOUT, SocketErrorCode.SLOW_CONSUMER);
			assertThat(slow.getStatistics().pendingBytes()).isZero();
			assertThat(deaf.address()).isNotNull();
		}
	}

	@Test
	void f12_whenAllConsumersAreSlowThenMemoryIsBounded() {
		int clients = 200;
		int limit = 512 * 1024;
		TcpServer server = this.endpoints.server((connection) -> connection.maxPending(limit)
			.socketOptions(SMALL)
			.writeTimeout(LONG)
			.slowConsumer(SlowConsumerPolicy.DROP_NEWEST));
		List<Peer> peers = new ArrayList<>();
		try {
			for (int i = 0; i < clients; i++) {
				peers.add(new Peer(server.getLocalAddress(), 4096));
			}
			Awaitility.await().until(() -> server.getConnections().size() == clients);
			Resources base = Resources.now();
			for (int i = 0; i < 100; i++) {
				for (Connection connection : server.getConnections()) {
					connection.sendAsync("x".repeat(8192));
				}
			}
			Resources full = Resources.now();
			long waiting = server.getConnections()
				.stream()
				.mapToLong((connection) -> connection.getStatistics().pendingBytes())
				.sum();
			Figures.print("F12", "%d deaf clients: %.1f MiB wait, heap +%.1f MiB, limit x clients %.1f MiB", clients,
					waiting / 1048576.0, (full.heap() - base.heap()) / 1048576.0, clients * limit / 1048576.0);
			assertThat(waiting).isGreaterThan(clients * limit / 2L);
			assertThat(full.heap() - base.heap()).isLessThan((long) clients * limit + 64 * MEBIBYTE);
			assertThat(server.getConnections()).hasSize(clients)
				.allSatisfy((connection) -> assertThat(connection.getStatistics().pendingBytes())
					.isLessThanOrEqualTo(limit));
		}
		finally {
			peers.forEach(Peer::reset);
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
	}

	private TcpServer server(SlowConsumerPolicy policy) {
		return this.endpoints.server((connection) -> limited(connection, policy));
	}

	private static ConnectionSettings.Builder limited(ConnectionSettings.Builder connection,
			SlowConsumerPolicy policy) {
		return connection.maxPending(LIMIT).slowConsumer(policy).socketOptions(SMALL).writeTimeout(LONG);
	}

	/**
	 * Sends until the socket takes no more, so that the loop has no part in what follows.
	 */
	private static List<String> sendToFullSocket(Connection connection) {
		List<String> sent = new ArrayList<>();
		long waiting;
		do {
			sent.addAll(send(connection, 1));
			waiting = connection.getStatistics().pendingBytes();
		}
		while (waiting == 0 || TestEndpoints.takesMore(connection, waiting));
		sent.addAll(send(connection, 100));
		return sent;
	}

	private static List<String> send(Connection connection, int count) {
		List<String> sent = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String message = numbers.incrementAndGet() + "x".repeat(SIZE);
			sent.add(message);
			connection.sendAsync(message);
		}
		return sent;
	}

	private static List<String> readMessages(Peer peer, int count) {
		return IntStream.range(0, count).mapToObj((i) -> peer.readLine()).toList();
	}

	/** Returns the messages that have failed so far, all of them with a code. */
	private static List<String> awaitCode(Ends ends, SocketErrorCode code) {
		Awaitility.await().until(() -> !ends.failed.isEmpty());
		assertThat(ends.failed.values()).containsOnly(code);
		return List.copyOf(ends.failedInOrder);
	}

	private Ends observe() {
		Ends ends = new Ends();
		this.endpoints.context().addApplicationListener(new ApplicationListener<MessageSentEvent<?>>() {

			@Override
			public void onApplicationEvent(MessageSentEvent<?> event) {
				ends.sent.merge(event.getPayload(), 1, Integer::sum);
			}

		});
		this.endpoints.context().addApplicationListener(new ApplicationListener<SendFailedEvent<?>>() {

			@Override
			public void onApplicationEvent(SendFailedEvent<?> event) {
				ends.failedInOrder.add((String) event.getPayload());
				ends.failed.put(event.getPayload(), event.getCode());
			}

		});
		return ends;
	}

	/** How sends have ended. */
	private static final class Ends {

		private final Map<Object, Integer> sent = new ConcurrentHashMap<>();

		private final Map<Object, SocketErrorCode> failed = new ConcurrentHashMap<>();

		private final List<String> failedInOrder = Collections.synchronizedList(new ArrayList<>());

		void expectOneEach(List<String> messages) {
			Awaitility.await().until(() -> this.sent.size() + this.failed.size() >= messages.size());
			List<Object> ended = new ArrayList<>(this.sent.keySet());
			ended.addAll(this.failedInOrder);
			assertThat(ended).containsExactlyInAnyOrderElementsOf(messages);
			assertThat(this.sent.values()).containsOnly(1);
		}

	}

}

package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.event.MessageErrorEvent;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.ReplyOrder;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies leave in the order of the messages that they answer, whenever they are there.
 */
@Timeout(60)
class ReplyOrderTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	/** The replies that come later, by their messages. */
	private final Map<Object, CompletableFuture<Object>> later = new ConcurrentHashMap<>();

	@ParameterizedTest
	@EnumSource
	void whenFuturesEndOutOfOrderThenRepliesLeaveInTheOrderOfTheirMessages(Dispatch dispatch) {
		try (Peer peer = new Peer(serve(dispatch, ReplyOrder.MESSAGE))) {
			peer.send("later a", "later b", "now c", "later d", "now e");
			awaitLater(3);
			end("later d");
			end("later b");
			end("later a");
			for (String message : List.of("later a", "later b", "now c", "later d", "now e")) {
				assertThat(peer.readLine()).isEqualTo("re " + message);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAFutureEndsWhileItsReadIsStillHandledThenTheReplyBeforeItHasLeft(Dispatch dispatch) {
		TcpServer server = this.endpoints.newServer("server", 0, (connection) -> connection.dispatch(dispatch));
		server.addHandler((connection, payload) -> {
			if (payload.equals("later")) {
				return this.later.computeIfAbsent(payload, (message) -> new CompletableFuture<>());
			}
			if (payload.equals("end")) {
				OwnThread.run(() -> end("later")).join();
			}
			return "re " + payload;
		});
		server.start();
		try (Peer peer = new Peer(server)) {
			peer.send("now", "later", "end");
			assertThat(peer.readLine()).isEqualTo("re now");
			assertThat(peer.readLine()).isEqualTo("re later");
			assertThat(peer.readLine()).isEqualTo("re end");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenManyFuturesEndInAnyOrderOnManyThreadsThenRepliesAreInOrder(Dispatch dispatch) {
		int count = 900;
		try (Peer peer = new Peer(serve(dispatch, ReplyOrder.MESSAGE))) {
			String[] messages = new String[count];
			for (int i = 0; i < count; i++) {
				messages[i] = ((i % 3 == 0) ? "now " : "later ") + i;
			}
			peer.send(messages);
			awaitLater(600);
			List<Object> order = new ArrayList<>(this.later.keySet());
			Collections.shuffle(order);
			order.parallelStream().forEach(this::end);
			for (String message : messages) {
				assertThat(peer.readLine()).isEqualTo("re " + message);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAFutureFailsThenItsPlaceIsFree(Dispatch dispatch) {
		try (Peer peer = new Peer(serve(dispatch, ReplyOrder.MESSAGE))) {
			peer.send("later a", "later b", "later c");
			awaitLater(3);
			end("later c");
			this.later.get("later b").complete(null);
			this.later.get("later a").completeExceptionally(new IllegalStateException("It fails, as told to"));
			assertThat(peer.readLine()).isEqualTo("re later c");
			this.endpoints.awaitEvent(MessageErrorEvent.class);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenTooManyRepliesWaitThenReadingPausesUntilTheyLeave(Dispatch dispatch) {
		int count = 20_000;
		try (Peer peer = new Peer(serve(dispatch, ReplyOrder.MESSAGE))) {
			CompletableFuture<Void> sent = OwnThread.run(() -> {
				for (int i = 0; i < count; i++) {
					peer.send("later " + i);
				}
			});
			awaitLater(1025);
			Awaitility.await().during(Duration.ofMillis(300)).until(() -> this.later.size() < count);
			Awaitility.await().until(() -> {
				this.later.keySet().forEach(this::end);
				return this.later.size() == count;
			});
			this.later.keySet().forEach(this::end);
			assertThat(sent).succeedsWithin(TestEndpoints.SOON);
			for (int i = 0; i < count; i++) {
				assertThat(peer.readLine()).isEqualTo("re later " + i);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenLargeRepliesWaitForALateOneThenFewAreMadeAndAllLeaveInOrder(Dispatch dispatch) {
		int count = 40;
		String large = "x".repeat(50_000);
		CompletableFuture<Object> late = new CompletableFuture<>();
		AtomicInteger made = new AtomicInteger();
		TcpServer server = this.endpoints.newServer("server", 0,
				(connection) -> connection.dispatch(dispatch).readBuffer(64));
		server.addHandler((connection, payload) -> {
			if (payload.equals("late")) {
				return late;
			}
			made.incrementAndGet();
			return CompletableFuture.completedFuture(large);
		});
		server.start();
		try (Peer peer = new Peer(server)) {
			OwnThread.run(() -> {
				peer.send("late");
				for (int i = 0; i < count; i++) {
					peer.send("large");
				}
			});
			Awaitility.await().until(() -> made.get() > 3);
			Awaitility.await().during(Duration.ofMillis(300)).until(() -> made.get() < 30);
			late.complete("first");
			assertThat(peer.readLine()).isEqualTo("first");
			for (int i = 0; i < count; i++) {
				assertThat(peer.readLine()).hasSize(50_000);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenOrderIsThatOfCompletionThenEachReplyLeavesWhenItIsThere(Dispatch dispatch) {
		try (Peer peer = new Peer(serve(dispatch, ReplyOrder.COMPLETION))) {
			peer.send("later a", "later b", "now c");
			assertThat(peer.readLine()).isEqualTo("re now c");
			awaitLater(2);
			end("later b");
			assertThat(peer.readLine()).isEqualTo("re later b");
			end("later a");
			assertThat(peer.readLine()).isEqualTo("re later a");
		}
	}

	private void awaitLater(int count) {
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> this.later.size() >= count);
	}

	private void end(Object message) {
		this.later.get(message).complete("re " + message);
	}

	private TcpServer serve(Dispatch dispatch, ReplyOrder order) {
		Consumer<ConnectionSettings.Builder> settings = (connection) -> connection.dispatch(dispatch).replyOrder(order);
		TcpServer server = this.endpoints.newServer("server", 0, settings);
		server.addHandler((connection, payload) -> {
			if (payload.toString().startsWith("now")) {
				return "re " + payload;
			}
			CompletableFuture<Object> reply = new CompletableFuture<>();
			this.later.put(payload, reply);
			return reply;
		});
		server.start();
		return server;
	}

}

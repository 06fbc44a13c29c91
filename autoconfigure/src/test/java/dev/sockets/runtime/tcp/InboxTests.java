package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.EventKind;
import dev.sockets.Failure;
import dev.sockets.Inbox;
import dev.sockets.InboxOverflow;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.ConnectionRejectedEvent;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.runtime.BoundedInbox;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who rather asks than listens gets the same events, in order and bounded.
 */
@Timeout(60)
class InboxTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenPolledThenEventsOfAllKindsComeInOrder() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("fail")) {
				throw new IllegalStateException("on purpose");
			}
			message.reply("reply");
		}).serve(inbox(100, InboxOverflow.DROP_OLDEST).andThen((settings) -> settings.maxConnections(1)));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("ask")).isEqualTo("reply");
			Awaitility.await().until(() -> server.inbox().size() == 4);
			assertThat(new Peer(server).readLine()).isNull();
			Awaitility.await().until(() -> server.inbox().size() == 5);
			peer.send("fail");
			Awaitility.await().until(() -> server.inbox().size() == 7);
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty() && server.inbox().size() == 8);
		server.stop();
		assertThat(server.inbox().drain()).extracting((event) -> (Object) event.getClass())
			.containsExactly(EndpointStartedEvent.class, ConnectedEvent.class, MessageReceivedEvent.class,
					MessageSentEvent.class, ConnectionRejectedEvent.class, MessageReceivedEvent.class,
					MessageErrorEvent.class, DisconnectedEvent.class, EndpointStoppedEvent.class);
		assertThat(server.inbox().size()).isZero();
	}

	@Test
	void whenSomeKindsAreChosenThenOnlyTheseAreKept() {
		TcpServer server = this.endpoints.echo()
			.server((connection) -> connection.inbox(100, InboxOverflow.DROP_OLDEST)
				.events(EnumSet.of(EventKind.RECEIVED, EventKind.DISCONNECTED)));
		try (Peer peer = new Peer(server)) {
			peer.ask("hello");
		}
		Inbox inbox = server.inbox();
		assertThat(inbox.poll(TestEndpoints.SOON)).isInstanceOf(MessageReceivedEvent.class);
		assertThat(inbox.poll(TestEndpoints.SOON)).isInstanceOf(DisconnectedEvent.class);
		assertThat(inbox.poll()).isNull();
	}

	@Test
	void whenInboxIsEmptyThenPollWaitsAsLongAsItIsTold() throws Exception {
		TcpServer server = this.endpoints.serve(received(10, InboxOverflow.DROP_OLDEST));
		Inbox inbox = server.inbox();
		assertThat(inbox).isSameAs(server.inbox());
		assertThat(inbox.poll()).isNull();
		long start = System.nanoTime();
		assertThat(inbox.poll(Duration.ofMillis(200))).isNull();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(190), TestEndpoints.SOON);
		try (Peer peer = new Peer(server)) {
			for (Duration timeout : List.of(Duration.ofSeconds(10), ChronoUnit.FOREVER.getDuration())) {
				CompletableFuture<SocketEvent> polled = OwnThread.call(() -> inbox.poll(timeout));
				Awaitility.await().during(Duration.ofMillis(50)).until(() -> !polled.isDone());
				peer.send("hello");
				assertThat(polled).succeedsWithin(TestEndpoints.SOON).isInstanceOf(MessageReceivedEvent.class);
			}
		}
		Thread.currentThread().interrupt();
		assertThat(inbox.poll(Duration.ofSeconds(10))).isNull();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void whenClearedOrDrainedThenNothingIsLeft() {
		TcpServer server = this.endpoints.serve(received(10, InboxOverflow.DROP_OLDEST));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3");
			Awaitility.await().until(() -> server.inbox().size() == 3);
			assertThat(payloads(server.inbox().drain())).containsExactly("1", "2", "3");
			assertThat(server.inbox().drain()).isEmpty();
			peer.send("4");
			Awaitility.await().until(() -> server.inbox().size() == 1);
			server.inbox().clear();
			assertThat(server.inbox().size()).isZero();
			assertThat(server.inbox().poll()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_OLDEST", "DROP_NEWEST" })
	void whenInboxIsFullThenThePolicySaysWhatIsDropped(InboxOverflow overflow) {
		TcpServer server = this.endpoints.echo().serve(received(3, overflow));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3", "4", "5");
			for (int i = 0; i < 5; i++) {
				peer.readLine();
			}
			assertThat(peer.ask("6")).isEqualTo("6");
			assertThat(server.inbox().size()).isEqualTo(3);
			List<Object> kept = payloads(server.inbox().drain());
			if (overflow == InboxOverflow.DROP_OLDEST) {
				assertThat(kept).containsExactly("4", "5", "6");
			}
			else {
				assertThat(kept).containsExactly("1", "2", "3");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenInboxIsFullAndBlocksThenNothingIsLost(Dispatch dispatch) {
		TcpServer server = this.endpoints.serve(received(5, InboxOverflow.BLOCK)
			.andThen((settings) -> settings.connection((connection) -> connection.dispatch(dispatch))));
		try (Peer peer = new Peer(server); Peer other = new Peer(server)) {
			String[] sent = IntStream.range(0, 200).mapToObj(String::valueOf).toArray(String[]::new);
			peer.send(sent);
			Awaitility.await().until(() -> server.inbox().size() == 5);
			Awaitility.await().during(Duration.ofMillis(100)).until(() -> server.inbox().size() == 5);
			other.send("other");
			List<Object> polled = new ArrayList<>();
			SocketEvent event;
			while (polled.size() < 201 && (event = server.inbox().poll(TestEndpoints.SOON)) != null) {
				polled.add(((MessageReceivedEvent<?>) event).getPayload());
			}
			assertThat(polled).hasSize(201).contains("other").containsSubsequence((Object[]) sent);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenServerStopsThenHandlersThatWaitForRoomAreReleased(Dispatch dispatch) {
		TcpServer server = this.endpoints.serve(received(2, InboxOverflow.BLOCK).andThen((settings) -> settings
			.connection((connection) -> connection.dispatch(dispatch).events(EnumSet.allOf(EventKind.class)))));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3", "4", "5");
			Awaitility.await().until(() -> server.inbox().size() == 2);
			if (dispatch == Dispatch.AUTO) {
				Awaitility.await().until(() -> !waiting().isEmpty());
			}
			long start = System.nanoTime();
			server.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
			assertThat(server.inbox().drain()).hasSize(2).last().isInstanceOf(EndpointStoppedEvent.class);
		}
	}

	@Test
	void whenWaitingHandlerIsInterruptedThenItsEventIsKeptAllTheSame() {
		TcpServer server = this.endpoints.serve(received(1, InboxOverflow.BLOCK));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3");
			Awaitility.await().until(() -> !waiting().isEmpty());
			waiting().forEach(Thread::interrupt);
			Awaitility.await().during(Duration.ofMillis(50)).until(() -> server.inbox().size(), (size) -> size == 1);
			for (String expected : List.of("1", "2", "3")) {
				assertThat(payloads(List.of(server.inbox().poll(TestEndpoints.SOON)))).containsExactly(expected);
			}
		}
	}

	@Test
	void whenTheOneWhoPollsSendsThenItDoesNotWaitForItself() {
		TcpServer server = this.endpoints.server((connection) -> connection.inbox(2, InboxOverflow.BLOCK)
			.events(EnumSet.of(EventKind.RECEIVED, EventKind.SENT, EventKind.SEND_FAILED)));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "3", "4");
			Awaitility.await().until(() -> !waiting().isEmpty());
			CompletableFuture<Void> answering = OwnThread.run(() -> {
				int answered = 0;
				while (answered < 4) {
					if (server.inbox().poll(TestEndpoints.SOON) instanceof MessageReceivedEvent<?> message) {
						message.reply(message.getPayload());
						answered++;
					}
				}
			});
			for (String expected : List.of("1", "2", "3", "4")) {
				assertThat(peer.readLine(TestEndpoints.SOON)).isEqualTo(expected);
			}
			assertThat(answering).succeedsWithin(TestEndpoints.SOON);
		}
	}

	@Test
	void whenThereIsNoInboxThenTheExceptionSaysHowToGetOne() {
		TcpServer server = this.endpoints.server();
		assertThatIllegalStateException().isThrownBy(server::inbox)
			.withMessageContaining("server")
			.withMessageContaining("inbox.capacity");
	}

	@Test
	void whenManyThingsFailThenTheNewestHundredFailuresAreRemembered() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			throw new IllegalStateException("failure " + message.getPayload());
		}).server();
		assertThat(server.recentFailures()).isEmpty();
		assertThat(server.status().lastFailure()).isNull();
		try (Peer peer = new Peer(server)) {
			for (int i = 0; i < 250; i++) {
				peer.send("number " + i);
			}
			this.endpoints.awaitEvents(MessageErrorEvent.class, 250);
			List<Failure> failures = server.recentFailures();
			assertThat(failures).hasSize(100).allSatisfy((failure) -> {
				assertThat(failure.code()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
				assertThat(failure.cause()).isInstanceOf(IllegalStateException.class);
			});
			assertThat(failures.get(0).message()).contains("failure number 150");
			assertThat(failures.get(99).message()).contains("failure number 249");
			assertThat(server.status().lastFailure()).isEqualTo(failures.get(99));
			server.clearFailures();
			assertThat(server.recentFailures()).isEmpty();
			assertThat(server.status().lastFailure()).isNull();
		}
	}

	@Test
	void whenSendFailsThenTheEventIsKeptWithItsCode() {
		TcpServer server = this.endpoints.server((connection) -> connection.inbox(10, InboxOverflow.DROP_OLDEST)
			.events(EnumSet.of(EventKind.SEND_FAILED))
			.maxFrameSize(100));
		try (Peer peer = new Peer(server)) {
			assertThat(this.endpoints.onlyConnection(server).sendAsync("x".repeat(101))).isCompletedExceptionally();
			assertThat(server.inbox().drain()).singleElement()
				.isInstanceOfSatisfying(SendFailedEvent.class,
						(event) -> assertThat(event.getCode()).isEqualTo(SocketErrorCode.FRAME_TOO_LARGE));
			assertThat(peer.address()).isNotNull();
		}
	}

	private static Consumer<TcpServerSettings.Builder> inbox(int capacity, InboxOverflow overflow) {
		return (settings) -> settings.connection((connection) -> connection.inbox(capacity, overflow));
	}

	private static Consumer<TcpServerSettings.Builder> received(int capacity, InboxOverflow overflow) {
		return inbox(capacity, overflow).andThen(
				(settings) -> settings.connection((connection) -> connection.events(EnumSet.of(EventKind.RECEIVED))));
	}

	private static List<Object> payloads(List<SocketEvent> events) {
		return events.stream().map((event) -> (Object) ((MessageReceivedEvent<?>) event).getPayload()).toList();
	}

	/** Returns the threads that wait for room in an inbox, without virtual ones. */
	private static List<Thread> waiting() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> List.of(entry.getValue())
				.stream()
				.anyMatch((frame) -> frame.getClassName().equals(BoundedInbox.class.getName())
						&& frame.getMethodName().equals("add")))
			.filter((entry) -> entry.getKey().getState() == Thread.State.WAITING)
			.map((entry) -> entry.getKey())
			.toList();
	}

}

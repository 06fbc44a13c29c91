package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of requests that are answered in order when an answer is lost, and of
 * those that wait for each other.
 */
@Timeout(60)
class AnswerOrderTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> asked = new ConcurrentLinkedQueue<>();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private TcpServer server;

	AnswerOrderTests() {
		this.endpoints.onMessage((message) -> this.asked.add(message.getPayload()))
			.onMessage("client", (message) -> this.received.add(message.getPayload()));
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerIsLostThenTheConnectionIsClosedAndTheNextOneIsInStep(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			if (!message.getPayload().equals("lost")) {
				message.reply("re " + message.getPayload());
			}
		});
		TcpClient client = connected(RequestMatching.IN_ORDER, (connection) -> connection.dispatch(dispatch));
		RequestTests.assertFails(client.requestAsync("lost", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		Awaitility.await().until(() -> clientEvents(DisconnectedEvent.class).count() == 1);
		assertThat(clientEvents(DisconnectedEvent.class)).first()
			.satisfies((event) -> assertThat(event.getReason()).isEqualTo(DisconnectReason.REQUEST_TIMEOUT));
		Awaitility.await().until(() -> clientEvents(ConnectedEvent.class).count() == 2);
		for (int i = 0; i < 20; i++) {
			assertThat(client.<String>request("q" + i, LONG)).isEqualTo("re q" + i);
		}
		assertThat(this.received).isEmpty();
	}

	@Test
	void whenPollsFollowALostAnswerAtOnceThenTheyAreNotAnsweredByEachOthersAnswers() {
		this.endpoints.onMessage((message) -> {
			if (!message.getPayload().equals("q0")) {
				message.reply("re " + message.getPayload());
			}
		});
		TcpClient client = connected(RequestMatching.IN_ORDER, (connection) -> {
		});
		int[] polls = { 0 };
		int[] right = { 0 };
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
			String question = "q" + polls[0]++;
			try {
				String answer = client.request(question, SHORT);
				right[0] = answer.equals("re " + question) ? right[0] + 1 : 0;
			}
			catch (SocketOperationException ex) {
				right[0] = 0;
			}
			return right[0] > 20;
		});
	}

	@Test
	void whenACancelledRequestIsNeverAnsweredThenTheConnectionIsClosedToo() {
		TcpClient client = connected(RequestMatching.IN_ORDER, (connection) -> {
		});
		client.requestAsync("cancelled", SHORT).cancel(false);
		Awaitility.await().until(() -> clientEvents(DisconnectedEvent.class).findAny().isPresent());
		assertThat(clientEvents(DisconnectedEvent.class)).first()
			.satisfies((event) -> assertThat(event.getReason()).isEqualTo(DisconnectReason.REQUEST_TIMEOUT));
	}

	@ParameterizedTest
	@EnumSource
	void whenThisSideHasPausedReadingThenThePeerIsNotToBlameForTheLateAnswer(Dispatch dispatch) {
		this.endpoints.echo();
		TcpClient client = connected(RequestMatching.IN_ORDER, (connection) -> connection.dispatch(dispatch));
		Connection connection = client.getConnection().orElseThrow();
		connection.pauseReading();
		RequestTests.assertFails(client.requestAsync("first", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		Awaitility.await().until(() -> serverSide().getStatistics().messagesSent() == 1);
		connection.resumeReading();
		CompletableFuture<Object> second = client.requestAsync("second", LONG);
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("second");
		Awaitility.await().until(() -> !this.received.isEmpty());
		assertThat(this.received).containsExactly("first");
		assertThat(connection.isOpen()).isTrue();
	}

	@Test
	void whenOneAtATimeThenTheNextRequestLeavesWhenTheOneBeforeIsAnswered() {
		TcpClient client = connected(oneAtATime(null), (connection) -> {
		});
		List<CompletableFuture<Object>> answers = IntStream.range(0, 50)
			.mapToObj((i) -> client.requestAsync("q" + i, LONG))
			.toList();
		for (int i = 0; i < 50; i++) {
			int count = i + 1;
			Awaitility.await().until(() -> this.asked.size() == count);
			assertThat(answers.get(i)).isNotDone();
			serverSide().send("a" + i);
			assertThat(answers.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo("a" + i);
		}
		assertThat(this.asked).hasSize(50);
	}

	@Test
	void whenOneAtATimeThenDeadlinesCountFromTheCall() {
		TcpClient client = connected(oneAtATime(RequestTimeoutPolicy.KEEP), (connection) -> {
		});
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		RequestTests.assertFails(client.requestAsync("second", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		CompletableFuture<Object> third = client.requestAsync("third", LONG);
		Awaitility.await().until(() -> this.asked.size() == 1);
		serverSide().send("1");
		assertThat(first).succeedsWithin(TestEndpoints.SOON).isEqualTo("1");
		Awaitility.await().until(() -> this.asked.size() == 2);
		serverSide().send("3");
		assertThat(third).succeedsWithin(TestEndpoints.SOON).isEqualTo("3");
		assertThat(this.asked).containsExactly("first", "third");
	}

	@Test
	void whenOneAtATimeAndARequestIsLateThenTheNextLeavesWhenItsPlaceIsGivenUp() {
		TcpClient client = connected(oneAtATime(RequestTimeoutPolicy.KEEP), (connection) -> {
		});
		CompletableFuture<Object> first = client.requestAsync("first", SHORT);
		client.requestAsync("second", LONG);
		RequestTests.assertFails(first, SocketErrorCode.REQUEST_TIMEOUT);
		Awaitility.await().until(() -> this.asked.size() == 2);
	}

	@Test
	void whenOneAtATimeAndTooManyWaitThenMoreAreRefusedAndAllFailAtTheEnd() {
		TcpClient client = connected(oneAtATime(null), (connection) -> connection.maxPendingRequests(3));
		List<CompletableFuture<Object>> waiting = IntStream.range(0, 3)
			.mapToObj((i) -> client.requestAsync("q" + i, LONG))
			.toList();
		RequestTests.assertFails(client.requestAsync("one more", LONG), SocketErrorCode.TOO_MANY_REQUESTS);
		client.disconnect();
		assertThat(waiting).allSatisfy((answer) -> RequestTests.assertFails(answer, SocketErrorCode.NOT_CONNECTED));
	}

	private static RequestMatching oneAtATime(RequestTimeoutPolicy onTimeout) {
		return new RequestMatching(null, onTimeout, RequestOrder.ONE_AT_A_TIME);
	}

	private <E extends SocketEvent> Stream<E> clientEvents(Class<E> type) {
		return this.endpoints.events(type).stream().filter((event) -> event.getEndpoint().equals("client"));
	}

	private TcpClient connected(RequestMatching matching, Consumer<ConnectionSettings.Builder> more) {
		Consumer<ConnectionSettings.Builder> settings = (connection) -> more
			.accept(connection.requestMatching(matching));
		this.server = this.endpoints.server(settings);
		TcpClient client = this.endpoints.newClient("client", this.server.getLocalAddress().getPort(),
				(builder) -> builder
					.reconnect(new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0))
					.connection(settings));
		client.connect();
		return client;
	}

	private Connection serverSide() {
		return this.endpoints.onlyConnection(this.server);
	}

}

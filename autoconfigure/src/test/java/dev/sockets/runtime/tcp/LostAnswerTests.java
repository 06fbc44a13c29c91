package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.Correlation;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.PeerEndPolicy;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.RequestTimeoutPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An answer that is lost while others follow gives each request the one after its own:
 * for about a second and a deadline, not for good.
 */
@Timeout(60)
class LostAnswerTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

	private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

	private static final Duration SHORT = Duration.ofMillis(200);

	/** Of requests that follow each other. */
	private static final int ENOUGH = 1000;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> asked = new ConcurrentLinkedQueue<>();

	private final Queue<Asked> polls = new ConcurrentLinkedQueue<>();

	private TcpServer server;

	/**
	 * A question, between which times of its connection it was asked, and its answer.
	 */
	private record Asked(String question, long from, long to, CompletableFuture<String> answer) {

		boolean isWrong() {
			return this.answer.isDone() && !this.answer.isCompletedExceptionally() && !isRight();
		}

		boolean isRight() {
			return !this.answer.isCompletedExceptionally() && this.answer.join().equals("re " + this.question);
		}

	}

	private void answerAllBut(String lost) {
		this.endpoints.onMessage((message) -> {
			this.asked.add(message.getPayload());
			if (!message.getPayload().equals(lost)) {
				message.reply("re " + message.getPayload());
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenPollsAreFasterThanTheirDeadlineThenTheShiftEndsWithTheConnection(Dispatch dispatch) {
		answerAllBut("q0");
		TcpClient client = connected(RequestMatching.IN_ORDER,
				(connection) -> connection.dispatch(dispatch).requestTimeout(TWO_SECONDS));
		Connection first = client.getConnection().orElseThrow();
		Awaitility.await().pollInterval(Duration.ofMillis(30)).until(() -> {
			poll(first);
			return !first.isOpen();
		});
		List<Asked> shifted = List.copyOf(this.polls);
		assertShiftIsOver(shifted);
		Awaitility.await().until(() -> this.endpoints.events(ConnectedEvent.class).size() == 4);
		Connection second = client.getConnection().orElseThrow();
		List<CompletableFuture<String>> answers = IntStream.range(0, 50)
			.mapToObj((i) -> second.<String>requestAsync("next" + i, LONG))
			.toList();
		for (int i = 0; i < 50; i++) {
			assertThat(answers.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo("re next" + i);
		}
	}

	@Test
	void whenManyCallersKeepAskingThenTheShiftEndsWithTheConnection() {
		answerAllBut("q0");
		TcpClient client = connected(RequestMatching.IN_ORDER, (connection) -> connection.requestTimeout(TWO_SECONDS));
		Connection first = client.getConnection().orElseThrow();
		List<CompletableFuture<Void>> callers = IntStream.range(0, 20).mapToObj((i) -> OwnThread.run(() -> {
			while (first.isOpen()) {
				poll(first).handle((answer, failure) -> answer).join();
			}
		})).toList();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller).succeedsWithin(LONG));
		assertShiftIsOver(List.copyOf(this.polls));
	}

	/** Wrong are only those that were asked until requests were held back. */
	private void assertShiftIsOver(List<Asked> all) {
		Awaitility.await().until(() -> all.stream().allMatch((poll) -> poll.answer().isDone()));
		assertThat(clientEnds()).first()
			.satisfies((event) -> assertThat(event.getReason()).isEqualTo(DisconnectReason.REQUEST_TIMEOUT));
		long begin = all.get(0).to();
		assertThat(all.stream().filter(Asked::isWrong))
			.allSatisfy((poll) -> assertThat(poll.from() - begin).isLessThan(PendingRequests.CHECKPOINT));
		assertThat(all.stream().filter(Asked::isRight)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenManyRequestsAreAlwaysUnderWayInStepThenNoneIsLostAndEachGetsItsOwn(Dispatch dispatch) {
		answerAllBut("");
		TcpClient client = connected(RequestMatching.IN_ORDER,
				(connection) -> connection.dispatch(dispatch).requestTimeout(SHORT));
		Connection connection = client.getConnection().orElseThrow();
		AtomicInteger number = new AtomicInteger();
		Queue<String> wrong = new ConcurrentLinkedQueue<>();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
		List<CompletableFuture<Void>> callers = IntStream.range(0, 64)
			.mapToObj((i) -> askUntil(end, connection, number, wrong))
			.toList();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller).succeedsWithin(LONG));
		assertThat(wrong).isEmpty();
		assertThat(number.get()).isGreaterThan(ENOUGH);
		assertThat(this.asked).hasSize(number.get());
		assertThat(connection.isOpen()).isTrue();
	}

	private static CompletableFuture<Void> askUntil(long end, Connection connection, AtomicInteger number,
			Queue<String> wrong) {
		String question = "q" + number.incrementAndGet();
		return connection.<String>requestAsync(question, LONG).thenCompose((answer) -> {
			if (!answer.equals("re " + question)) {
				wrong.add(question + " got " + answer);
			}
			return (System.nanoTime() < end || number.get() <= ENOUGH) ? askUntil(end, connection, number, wrong)
					: CompletableFuture.completedFuture(null);
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenAnswersStayOutThenRequestsAreHeldBackUntilAllAreAnswered(Dispatch dispatch) {
		Connection connection = asked(RequestMatching.IN_ORDER, dispatch);
		CompletableFuture<Object> first = connection.requestAsync("first", LONG);
		awaitCheckpoint(connection);
		List<CompletableFuture<Object>> held = IntStream.range(0, 10)
			.mapToObj((i) -> connection.requestAsync("held " + i, LONG))
			.toList();
		RequestTests.assertFails(connection.requestAsync("too late", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		CompletableFuture<Object> cancelled = connection.requestAsync("cancelled", LONG);
		cancelled.cancel(false);
		Awaitility.await().until(() -> !this.asked.isEmpty());
		assertThat(this.asked).containsExactly("first");
		serverSide().send("1");
		assertThat(first).succeedsWithin(TestEndpoints.SOON).isEqualTo("1");
		Awaitility.await().until(() -> this.asked.size() == 11);
		for (int i = 0; i < 10; i++) {
			serverSide().send("answer " + i);
			assertThat(held.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo("answer " + i);
		}
		assertThat(this.asked).doesNotContain("too late", "cancelled").last().isEqualTo("held 9");
		assertThat(connection.isOpen()).isTrue();
	}

	@Test
	void whenTheConnectionEndsThenRequestsThatAreHeldBackFailAtOnce() {
		Connection connection = asked(RequestMatching.IN_ORDER, Dispatch.AUTO);
		connection.requestAsync("first", LONG);
		awaitCheckpoint(connection);
		CompletableFuture<Object> held = connection.requestAsync("held", LONG);
		connection.close();
		RequestTests.assertFails(held, SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenTheOutputIsClosedThenRequestsThatAreHeldBackLeaveBefore() {
		Connection connection = asked(RequestMatching.IN_ORDER, Dispatch.AUTO);
		CompletableFuture<Object> first = connection.requestAsync("first", LONG);
		awaitCheckpoint(connection);
		CompletableFuture<Object> held = connection.requestAsync("held", LONG);
		connection.closeOutput();
		RequestTests.assertFails(connection.requestAsync("after", LONG), SocketErrorCode.OUTPUT_CLOSED);
		Awaitility.await().until(() -> this.asked.size() == 2);
		assertThat(first).isNotDone();
		assertThat(held).isNotDone();
	}

	/** Its caller waits no longer, but the peer has had no more than a moment. */
	@ParameterizedTest
	@EnumSource
	void whenARequestWasHeldBackThenItsPeerHasAllTheTimeFromWhenItWasSent(RequestOrder order) {
		Connection connection = asked(new RequestMatching(null, null, order), Dispatch.AUTO);
		CompletableFuture<Object> first = connection.requestAsync("first", LONG);
		awaitCheckpoint(connection);
		CompletableFuture<Object> held = connection.requestAsync("held", THREE_SECONDS);
		long begin = nanos(connection);
		Awaitility.await().until(() -> nanos(connection) - begin > THREE_SECONDS.toNanos() / 2);
		serverSide().send("1");
		assertThat(first).succeedsWithin(TestEndpoints.SOON).isEqualTo("1");
		Awaitility.await().until(() -> this.asked.contains("held"));
		RequestTests.assertFails(held, SocketErrorCode.REQUEST_TIMEOUT);
		serverSide().send("2");
		CompletableFuture<Object> last = connection.requestAsync("last", LONG);
		Awaitility.await().until(() -> this.asked.contains("last"));
		serverSide().send("3");
		assertThat(last).succeedsWithin(TestEndpoints.SOON).isEqualTo("3");
		assertThat(clientEnds()).isEmpty();
	}

	@Test
	void whenAFollowerOfAnAnswerWaitsForTheNextThenThatIsSent() {
		answerAllBut("");
		TcpClient client = connected(new RequestMatching(null, null, RequestOrder.ONE_AT_A_TIME), (connection) -> {
		});
		CompletableFuture<String> second = client.<String>requestAsync("first", LONG)
			.thenApply((answer) -> client.<String>request("second", LONG));
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("re second");
	}

	@ParameterizedTest
	@EnumSource
	void whenConnectionsAreKeptThenPollsAreInStepAgainWhenTheLostOneIsForgotten(RequestOrder order) {
		answerAllBut("q0");
		TcpClient client = connected(new RequestMatching(null, RequestTimeoutPolicy.KEEP, order),
				(connection) -> connection.requestTimeout(SHORT));
		assertHeals((number) -> client.requestAsync("q" + number, SHORT));
	}

	@ParameterizedTest
	@EnumSource
	void whenAShortRequestIsLostThenTheNextOneLeavesAfterAsLongAgainAndGetsItsOwn(RequestOrder order) {
		answerAllBut("q0");
		TcpClient client = connected(new RequestMatching(null, RequestTimeoutPolicy.KEEP, order),
				(connection) -> connection.requestTimeout(LONG));
		RequestTests.assertFails(client.requestAsync("q0", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		assertThat(client.<String>requestAsync("q1", LONG)).succeedsWithin(TestEndpoints.SOON).isEqualTo("re q1");
		assertThat(client.<String>requestAsync("q2", LONG)).succeedsWithin(TestEndpoints.SOON).isEqualTo("re q2");
		assertThat(clientEnds()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenARequestEndsBeforeItWasSentThenItsFailureSaysSo(RequestOrder order) {
		answerAllBut("q0");
		TcpClient client = connected(new RequestMatching(null, RequestTimeoutPolicy.KEEP, order), (connection) -> {
		});
		CompletableFuture<String> lost = client.requestAsync("q0", TWO_SECONDS);
		Awaitility.await().until(lost::isDone);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.request("q1", SHORT))
			.withMessageContaining("was not sent");
		assertThat(client.requestAsync("q2", SHORT)).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.withMessageContaining("was not sent");
		assertThat(lost).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("was not answered");
		assertThat(client.<String>requestAsync("q3", LONG)).succeedsWithin(TestEndpoints.SOON).isEqualTo("re q3");
		assertThat(this.asked).containsExactly("q0", "q3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "id1 q", "q" })
	void whenManyRequestsShareAKeyOrHaveNoneThenTheyAreInStepAgain(String question) {
		answerAllBut(question + "0");
		Correlation byId = Correlation.pattern(Pattern.compile("id(\\d+)"));
		TcpClient client = connected(new RequestMatching(byId, null, RequestOrder.PIPELINED),
				(connection) -> connection.requestTimeout(SHORT));
		assertHeals((number) -> client.requestAsync(question + number, SHORT));
	}

	private interface Question {

		CompletableFuture<String> ask(int number);

	}

	/** Asks again at once, as if a poll had been lost. */
	private void assertHeals(Question question) {
		int[] count = { 0 };
		int[] right = { 0 };
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
			int number = count[0]++;
			String answer = outcome(question.ask(number));
			right[0] = (answer != null && answer.endsWith("q" + number)) ? right[0] + 1 : 0;
			return right[0] > 20;
		});
		assertThat(clientEnds()).isEmpty();
	}

	private static @Nullable String outcome(CompletableFuture<String> answer) {
		return answer.handle((result, failure) -> result).join();
	}

	private CompletableFuture<String> poll(Connection connection) {
		CompletableFuture<String> answer;
		synchronized (this.polls) {
			String question = "q" + this.polls.size();
			long from = nanos(connection);
			try {
				answer = connection.requestAsync(question);
			}
			catch (SocketOperationException ex) {
				answer = CompletableFuture.failedFuture(ex);
			}
			this.polls.add(new Asked(question, from, nanos(connection), answer));
		}
		return answer;
	}

	/** Requests that follow each other for this long are held back from now on. */
	private static void awaitCheckpoint(Connection connection) {
		long begin = nanos(connection);
		Awaitility.await().until(() -> nanos(connection) - begin > SHORT.toNanos());
	}

	private static long nanos(Connection connection) {
		return ((DefaultConnection) connection).channel().nanos();
	}

	private List<DisconnectedEvent> clientEnds() {
		return this.endpoints.events(DisconnectedEvent.class)
			.stream()
			.filter((event) -> event.getEndpoint().equals("client"))
			.toList();
	}

	private Connection asked(RequestMatching matching, Dispatch dispatch) {
		this.endpoints.onMessage((message) -> this.asked.add(message.getPayload()));
		return connected(matching,
				(connection) -> connection.dispatch(dispatch).requestTimeout(SHORT).onPeerEnd(PeerEndPolicy.KEEP))
			.getConnection()
			.orElseThrow();
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

package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codec;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A request gets its answer, or its caller learns why there is none; what answers no
 * request is an ordinary message.
 */
@Timeout(60)
class RequestTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final RequestPair pair = new RequestPair(this.endpoints);

	@ParameterizedTest
	@EnumSource
	void whenManyRequestsAreInFlightThenEachGetsItsOwnAnswer(Dispatch dispatch) {
		this.endpoints.echo();
		TcpClient client = this.pair.connected((connection) -> connection.dispatch(dispatch));
		List<CompletableFuture<Object>> answers = IntStream.range(0, 2000)
			.mapToObj((i) -> client.requestAsync("q" + i, LONG))
			.toList();
		for (int i = 0; i < answers.size(); i++) {
			assertThat(answers.get(i)).succeedsWithin(TestEndpoints.SOON).isEqualTo("q" + i);
		}
		assertThat(this.pair.received).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenManyThreadsAskThenEachGetsItsOwnAnswers(Dispatch dispatch) {
		this.endpoints.echo();
		TcpClient client = this.pair.connected((connection) -> connection.dispatch(dispatch));
		Queue<Object> wrong = new ConcurrentLinkedQueue<>();
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int caller = 0; caller < 16; caller++) {
			String name = "caller " + caller + " asks ";
			callers.add(onOwnThread(() -> {
				for (int i = 0; i < 200; i++) {
					Object answer = client.request(name + i, LONG);
					if (!answer.equals(name + i)) {
						wrong.add(answer);
					}
				}
			}));
		}
		assertThat(callers).allSatisfy((caller) -> assertThat(caller).succeedsWithin(LONG));
		assertThat(wrong).isEmpty();
		assertThat(this.pair.received).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenNobodyHasAskedThenAMessageIsAnOrdinaryOne(Dispatch dispatch) {
		TcpClient client = this.pair.connected((connection) -> connection.dispatch(dispatch));
		this.pair.reply("hello");
		Awaitility.await().until(() -> !this.pair.received.isEmpty());
		CompletableFuture<Object> answer = client.requestAsync("question", LONG);
		this.pair.reply("answer", "and more");
		assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("answer");
		Awaitility.await().until(() -> this.pair.received.size() == 2);
		assertThat(this.pair.received).containsExactly("hello", "and more");
	}

	@Test
	void whenDisconnectedThenWaitingRequestsFailAtOnce() {
		failsAtOnce(TcpClient::disconnect, SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenTheConnectionIsClosedThenWaitingRequestsFailAtOnce() {
		failsAtOnce((client) -> client.getConnection().orElseThrow().close(), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenStoppedThenWaitingRequestsFailAtOnce() {
		failsAtOnce(TcpClient::stop, SocketErrorCode.SHUTTING_DOWN);
	}

	@Test
	void whenThePeerClosesThenWaitingRequestsFailAtOnce() {
		failsAtOnce((client) -> this.pair.serverSide().close(), SocketErrorCode.NOT_CONNECTED);
	}

	private void failsAtOnce(Consumer<TcpClient> action, SocketErrorCode code) {
		TcpClient client = this.pair.connected((connection) -> {
		});
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		CompletableFuture<Object> second = client.requestAsync("second", LONG);
		Awaitility.await().until(() -> this.pair.asked.size() == 2);
		action.accept(client);
		assertFails(first, code);
		assertFails(second, code);
		assertFails(client.requestAsync("third", LONG), SocketErrorCode.NOT_CONNECTED);
	}

	@Test
	void whenNotConnectedThenARequestFailsAtOnce() {
		TcpClient client = this.endpoints.newClient(this.endpoints.server());
		assertFails(client.requestAsync("x"), SocketErrorCode.NOT_CONNECTED);
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.request("x"))
			.satisfies((failure) -> assertThat(failure.getCode().value()).isEqualTo(1001));
	}

	@Test
	void whenARequestCannotBeEncodedThenItFailsAndTheOthersAreInStep() {
		this.endpoints.echo();
		TcpClient client = this.pair.connected((connection) -> {
		});
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		assertFails(client.requestAsync("two\nlines", LONG), SocketErrorCode.MALFORMED_FRAME);
		CompletableFuture<Object> third = client.requestAsync("third", LONG);
		assertThat(first).succeedsWithin(TestEndpoints.SOON).isEqualTo("first");
		assertThat(third).succeedsWithin(TestEndpoints.SOON).isEqualTo("third");
	}

	@Test
	void whenTooManyRequestsWaitThenMoreAreRefused() {
		TcpClient client = this.pair.connected((connection) -> connection.maxPendingRequests(2));
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		CompletableFuture<Object> second = client.requestAsync("second", LONG);
		assertFails(client.requestAsync("third", LONG), SocketErrorCode.TOO_MANY_REQUESTS);
		this.pair.reply("1", "2");
		assertThat(first).succeedsWithin(TestEndpoints.SOON).isEqualTo("1");
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("2");
		CompletableFuture<Object> fourth = client.requestAsync("fourth", LONG);
		this.pair.reply("4");
		assertThat(fourth).succeedsWithin(TestEndpoints.SOON).isEqualTo("4");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.pair.asked).containsExactly("first", "second", "fourth"));
	}

	@ParameterizedTest
	@EnumSource
	void whenTheServerAsksThenTheClientsAnswerIsForIt(Dispatch dispatch) {
		Queue<Object> told = new ConcurrentLinkedQueue<>();
		this.endpoints.onMessage((message) -> told.add(message.getPayload()))
			.onMessage("client", (message) -> message.reply("client says " + message.getPayload()));
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		this.endpoints
			.newClient("client", server.getLocalAddress().getPort(),
					(settings) -> settings.connection((connection) -> connection.dispatch(dispatch)))
			.connect();
		Connection connection = this.endpoints.onlyConnection(server);
		for (int i = 0; i < 100; i++) {
			assertThat(connection.<String>request("q" + i, LONG)).isEqualTo("client says q" + i);
		}
		assertThat(told).isEmpty();
	}

	@Test
	void whenAHandlerOnAThreadAsksItsOwnPeerThenItGetsTheAnswer() {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("start")) {
				complete(answer, () -> message.getConnection().request("who are you?", LONG));
			}
		}).onMessage("client", (message) -> message.reply("the client"));
		this.pair.connected((connection) -> connection.dispatch(Dispatch.THREAD)).send("start");
		assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("the client");
	}

	@Test
	void whenAHandlerThatMayNotBlockAsksItsOwnPeerThenItIsToldSo() {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		this.endpoints
			.onMessage((message) -> complete(answer, () -> message.getConnection().request("who are you?", LONG)));
		this.pair.connected((connection) -> connection.dispatch(Dispatch.LOOP)).send("start");
		assertThat(answer).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("requestAsync");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "THREAD" })
	void whenAHandlerAsksAnotherPeerOfTheSameLoopThenItGetsTheAnswer(Dispatch dispatch) {
		TcpServer backend = this.endpoints.onMessage("backend", (message) -> message.reply("from the backend"))
			.server("backend", (connection) -> connection.dispatch(dispatch));
		TcpClient proxy = this.endpoints.newClient("proxy", backend.getLocalAddress().getPort(),
				(settings) -> settings.connection((connection) -> connection.dispatch(dispatch)));
		proxy.connect();
		this.endpoints.onMessage((message) -> message.reply(proxy.request(message.getPayload(), LONG)));
		TcpClient client = this.pair.connected((connection) -> connection.dispatch(dispatch));
		for (int i = 0; i < 20; i++) {
			assertThat(client.<String>request("question", LONG)).isEqualTo("from the backend");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerCannotBeDecodedThenItsRequestFailsAndTheNextDoesNot(Dispatch dispatch) {
		TcpClient client = this.pair.connected((connection) -> connection.dispatch(dispatch).codec(new Picky()));
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		CompletableFuture<Object> second = client.requestAsync("second", LONG);
		this.pair.reply("bad", "good");
		assertFails(first, SocketErrorCode.CODEC_FAILED);
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("good");
		assertThat(this.endpoints.events(MessageErrorEvent.class)).isEmpty();
	}

	@Test
	void whenTheAnswerIsNoFrameThenAllRequestsFailAtOnce() {
		TcpClient client = this.pair.connected((connection) -> connection.maxFrameSize(100));
		CompletableFuture<Object> first = client.requestAsync("first", LONG);
		CompletableFuture<Object> second = client.requestAsync("second", LONG);
		Awaitility.await().until(() -> this.pair.asked.size() == 2);
		this.pair.serverSide().sendRaw("x".repeat(101).getBytes(StandardCharsets.UTF_8));
		assertFails(first, SocketErrorCode.NOT_CONNECTED);
		assertFails(second, SocketErrorCode.NOT_CONNECTED);
		Awaitility.await()
			.until(() -> this.endpoints.events(DisconnectedEvent.class)
				.stream()
				.anyMatch((event) -> event.getReason() == DisconnectReason.FRAME_ERROR
						&& event.getEndpoint().equals("client")));
	}

	@Test
	void whenTheFutureOfAnAnswerAsksAgainThenNothingHangs() {
		this.endpoints.echo();
		TcpClient client = this.pair.connected((connection) -> {
		});
		CompletableFuture<Object> last = client.requestAsync("0", LONG);
		for (int i = 0; i < 100; i++) {
			last = last.thenCompose((answer) -> client.requestAsync(Integer.parseInt((String) answer) + 1 + "", LONG));
		}
		assertThat(last).succeedsWithin(TestEndpoints.SOON).isEqualTo("100");
	}

	@Test
	void whenThePeerReadsNothingThenARequestEndsAtItsDeadline() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try {
			this.endpoints.onMessage((message) -> await(release));
			TcpClient client = this.pair.connected(
					(connection) -> RequestPair.kept(connection).maxPending(64 * 1024 * 1024).writeTimeout(LONG));
			String large = "x".repeat(60_000);
			List<CompletableFuture<Object>> answers = IntStream.range(0, 500)
				.mapToObj((i) -> client.requestAsync(large, SHORT))
				.toList();
			assertThat(answers).allSatisfy((answer) -> assertFails(answer, SocketErrorCode.REQUEST_TIMEOUT));
		}
		finally {
			release.countDown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static CompletableFuture<Void> onOwnThread(Runnable task) {
		return OwnThread.run(task);
	}

	private interface Question {

		Object ask();

	}

	private static void complete(CompletableFuture<Object> answer, Question question) {
		try {
			answer.complete(question.ask());
		}
		catch (RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
	}

	static void assertFails(CompletableFuture<?> answer, SocketErrorCode code) {
		assertThat(answer).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

	/** A codec of texts that refuses one of them. */
	private static final class Picky implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
			if (text.equals("bad")) {
				throw new IllegalArgumentException("It is bad");
			}
			return text;
		}

		@Override
		public byte[] encode(Object payload) {
			return payload.toString().getBytes(StandardCharsets.UTF_8);
		}

	}

}

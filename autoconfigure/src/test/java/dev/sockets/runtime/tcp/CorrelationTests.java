package dev.sockets.runtime.tcp;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.Correlation;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With a correlation each caller gets the answer that carries the key of its request,
 * whatever else comes meanwhile.
 */
@Timeout(60)
class CorrelationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final Correlation BY_ID = Correlation.pattern(Pattern.compile("^id(\\d+)"));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> asked = new ConcurrentLinkedQueue<>();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private TcpServer server;

	CorrelationTests() {
		this.endpoints.onMessage((message) -> this.asked.add(message.getPayload()))
			.onMessage("client", (message) -> this.received.add(message.getPayload()));
	}

	@ParameterizedTest
	@EnumSource
	void whenAnswersComeInAnotherOrderThenEachCallerGetsItsOwn(Dispatch dispatch) {
		TcpClient client = connected(BY_ID, (connection) -> connection.dispatch(dispatch));
		List<CompletableFuture<Object>> answers = IntStream.range(0, 100)
			.mapToObj((id) -> client.requestAsync("id" + id + " question", LONG))
			.toList();
		Awaitility.await().until(() -> this.asked.size() == 100);
		for (int id = 99; id >= 0; id--) {
			serverSide().send("id" + id + " answer");
		}
		for (int id = 0; id < 100; id++) {
			assertThat(answers.get(id)).succeedsWithin(TestEndpoints.SOON).isEqualTo("id" + id + " answer");
		}
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenThePeerReportsWhileARequestWaitsThenTheReportIsAMessage(Dispatch dispatch) {
		TcpClient client = connected(BY_ID, (connection) -> connection.dispatch(dispatch));
		CompletableFuture<Object> answer = client.requestAsync("id1 question", LONG);
		reply("alarm", "id7 something that nobody has asked", "id1 answer", "id1 again");
		assertThat(answer).succeedsWithin(TestEndpoints.SOON).isEqualTo("id1 answer");
		Awaitility.await().until(() -> this.received.size() == 3);
		assertThat(this.received).containsExactly("alarm", "id7 something that nobody has asked", "id1 again");
	}

	@Test
	void whenBothSidesAskAtOnceThenNeitherTakesARequestForAnAnswer() {
		TcpClient client = connected(new Roles(), (connection) -> {
		});
		CompletableFuture<Object> clients = client.requestAsync("ask 1", LONG);
		CompletableFuture<Object> servers = serverSide().requestAsync("ask 1", LONG);
		Awaitility.await().until(() -> this.asked.size() == 1 && this.received.size() == 1);
		assertThat(clients).isNotDone();
		assertThat(servers).isNotDone();
		serverSide().send("tell 1");
		client.send("tell 1");
		assertThat(clients).succeedsWithin(TestEndpoints.SOON).isEqualTo("tell 1");
		assertThat(servers).succeedsWithin(TestEndpoints.SOON).isEqualTo("tell 1");
	}

	@Test
	void whenKeysAreBytesOfTheFrameThenTheyAreFoundBelowTheCodec() {
		TcpClient client = connected(Correlation.bytes(1, 2),
				(connection) -> connection.framing(Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false)));
		CompletableFuture<Object> first = client.requestAsync("qAA first", LONG);
		CompletableFuture<Object> second = client.requestAsync("qBB second", LONG);
		Awaitility.await().until(() -> this.asked.size() == 2);
		serverSide().send("rBB for the second");
		serverSide().send("r");
		serverSide().send("rAA for the first");
		assertThat(first).succeedsWithin(TestEndpoints.SOON).isEqualTo("rAA for the first");
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("rBB for the second");
		Awaitility.await().until(() -> !this.received.isEmpty());
		assertThat(this.received).containsExactly("r");
	}

	@Test
	void whenRequestsHaveTheSameKeyOrNoneThenThoseAreAnsweredInOrder() {
		TcpClient client = connected(BY_ID, (connection) -> {
		});
		List<CompletableFuture<Object>> answers = Stream.of("id1 a", "status", "id1 b", "version")
			.map((question) -> client.requestAsync(question, LONG))
			.toList();
		reply("ok", "1.0", "id1 A", "id1 B");
		assertThat(answers.get(0)).succeedsWithin(TestEndpoints.SOON).isEqualTo("id1 A");
		assertThat(answers.get(1)).succeedsWithin(TestEndpoints.SOON).isEqualTo("ok");
		assertThat(answers.get(2)).succeedsWithin(TestEndpoints.SOON).isEqualTo("id1 B");
		assertThat(answers.get(3)).succeedsWithin(TestEndpoints.SOON).isEqualTo("1.0");
	}

	@Test
	void whenOneAnswerIsLostThenTheConnectionStaysAndTheOthersGetTheirs() {
		TcpClient client = connected(BY_ID, (connection) -> {
		});
		RequestTests.assertFails(client.requestAsync("id1 lost", SHORT), SocketErrorCode.REQUEST_TIMEOUT);
		CompletableFuture<Object> second = client.requestAsync("id2 question", LONG);
		reply("id1 too late", "id2 answer");
		assertThat(second).succeedsWithin(TestEndpoints.SOON).isEqualTo("id2 answer");
		Awaitility.await().until(() -> !this.received.isEmpty());
		assertThat(this.received).containsExactly("id1 too late");
		assertThat(client.isConnected()).isTrue();
	}

	@Test
	void whenTheCorrelationFailsThenThatIsToldAndNothingIsLost() {
		TcpClient client = connected(new Failing(), (connection) -> {
		});
		RequestTests.assertFails(client.requestAsync("fail", LONG), SocketErrorCode.CODEC_FAILED);
		CompletableFuture<Object> answer = client.requestAsync("question", LONG);
		reply("fail", "answer");
		assertThat(answer).succeedsWithin(TestEndpoints.SOON);
		assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
			.isEqualTo(SocketErrorCode.CODEC_FAILED);
	}

	@Test
	void whenKeysCannotBeComparedThenThatIsToldAndNothingIsLost() {
		TcpClient client = connected(new Evil(), (connection) -> {
		});
		RequestTests.assertFails(client.requestAsync("evil hash", LONG), SocketErrorCode.CODEC_FAILED);
		RequestTests.assertFails(client.requestAsync("evil equals", LONG), SocketErrorCode.CODEC_FAILED);
		CompletableFuture<Object> good = client.requestAsync("good", LONG);
		CompletableFuture<Object> inOrder = client.requestAsync("question", LONG);
		reply("evil hash", "good", "evil equals");
		assertThat(good).succeedsWithin(TestEndpoints.SOON).isEqualTo("good");
		assertThat(inOrder).succeedsWithin(TestEndpoints.SOON).isEqualTo("evil hash");
		assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 2))
			.allMatch((event) -> event.getCode() == SocketErrorCode.CODEC_FAILED);
		assertThat(client.isConnected()).isTrue();
	}

	private TcpClient connected(Correlation correlation, Consumer<ConnectionSettings.Builder> more) {
		Consumer<ConnectionSettings.Builder> settings = (connection) -> more
			.accept(connection.requestMatching(new RequestMatching(correlation, null, RequestOrder.PIPELINED)));
		TcpServer server = this.endpoints.server(settings);
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(builder) -> builder.connection(settings));
		client.connect();
		this.server = server;
		return client;
	}

	private Connection serverSide() {
		return this.endpoints.onlyConnection(this.server);
	}

	private void reply(String... lines) {
		serverSide().sendRaw((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/** Requests and answers have different words, and the same numbers. */
	private static final class Roles implements Correlation {

		@Override
		public @Nullable Object keyOfRequest(Object payload) {
			return number(payload, "ask ");
		}

		@Override
		public @Nullable Object keyOfAnswer(Object payload) {
			return number(payload, "tell ");
		}

		private static @Nullable Object number(Object payload, String word) {
			String text = (String) payload;
			return text.startsWith(word) ? text.substring(word.length()) : null;
		}

	}

	/** Finds no keys, and fails on one text. */
	private static final class Failing implements Correlation {

		@Override
		public @Nullable Object keyOfRequest(Object payload) {
			return key(payload);
		}

		@Override
		public @Nullable Object keyOfAnswer(Object payload) {
			return key(payload);
		}

		private static @Nullable Object key(Object payload) {
			if (payload.equals("fail")) {
				throw new AssertionError("It fails, as told to");
			}
			return null;
		}

	}

	/** Finds keys that throw when they are compared. */
	private static final class Evil implements Correlation {

		@Override
		public @Nullable Object keyOfRequest(Object payload) {
			return key(payload);
		}

		@Override
		public @Nullable Object keyOfAnswer(Object payload) {
			return key(payload);
		}

		private static @Nullable Object key(Object payload) {
			return switch ((String) payload) {
				case "evil hash" -> new EvilKey(true);
				case "evil equals" -> new EvilKey(false);
				case "good" -> payload;
				default -> null;
			};
		}

	}

	/**
	 * A key that throws when its hash is asked for, or else when it is compared.
	 *
	 * @param hashThrows which of the two
	 */
	private record EvilKey(boolean hashThrows) {

		@Override
		public int hashCode() {
			if (this.hashThrows) {
				throw new StackOverflowError("as it was told to");
			}
			return 1;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			throw new AssertionError("as it was told to");
		}

	}

}

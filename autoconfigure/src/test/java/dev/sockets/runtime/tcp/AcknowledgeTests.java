package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
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
import dev.sockets.codec.Codecs;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.AcknowledgeSettings;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Each message is acknowledged, in both directions; here STX, text, ETX and the exclusive
 * or behind it, with ACK and NAK.
 */
@Timeout(60)
class AcknowledgeTests {

	private static final String ACK = "\6";

	private static final String NAK = "\25";

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Framing FRAMING = Framings.marked(FrameMarks.of(new byte[] { 2 }, new byte[] { 3 }),
			new ChecksumRule(ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, null, null, true,
					new byte[0]));

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<Object> later = new CompletableFuture<>();

	private static AcknowledgeSettings settings(Duration timeout, int retries, AcknowledgeAfter after) {
		return new AcknowledgeSettings(new byte[] { 6 }, new byte[] { 0x15 }, timeout, retries, after);
	}

	private static Consumer<ConnectionSettings.Builder> acknowledged(Duration timeout, int retries,
			AcknowledgeAfter after) {
		return (connection) -> connection.framing(FRAMING).acknowledge(settings(timeout, retries, after));
	}

	private TcpServer server(Dispatch dispatch, AcknowledgeAfter after) {
		return this.endpoints
			.server((connection) -> acknowledged(LONG, 3, after).accept(connection.dispatch(dispatch)));
	}

	private static String frame(String text) {
		int check = 3;
		for (char value : text.toCharArray()) {
			check ^= value;
		}
		return "\2" + text + "\3" + (char) check;
	}

	private static Peer send(Peer peer, String bytes) {
		return peer.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static void expect(Peer peer, String bytes) {
		assertThat(read(peer, bytes.length())).isEqualTo(bytes);
	}

	private static String read(Peer peer, int count) {
		try {
			return new String(peer.in().readNBytes(count), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void expectNothing(Peer peer) {
		peer.timeout(SHORT);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> peer.in().read());
		peer.timeout(LONG);
	}

	private void assertFails(CompletableFuture<?> sent, SocketErrorCode code) {
		assertThat(sent).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

	@ParameterizedTest
	@EnumSource
	void whenMessagesAreReceivedThenEachIsAcknowledgedWhateverTheirHandlersDo(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			throw new IllegalStateException("It fails, as told to");
		});
		try (Peer peer = new Peer(server(dispatch, AcknowledgeAfter.RECEIVED))) {
			send(peer, frame("a"));
			expect(peer, ACK);
			send(peer, frame("b") + "\r\n" + frame("c"));
			expect(peer, ACK + ACK);
			this.endpoints.awaitEvents(MessageErrorEvent.class, 3);
			assertThat(this.received).containsExactly("a", "b", "c");
		}
	}

	@Test
	void whenAHandlerBlocksThenItsMessageIsAcknowledgedAllTheSameWhenReceived() {
		this.endpoints.onMessage((message) -> this.later.join());
		try (Peer peer = new Peer(server(Dispatch.AUTO, AcknowledgeAfter.RECEIVED))) {
			send(peer, frame("a"));
			expect(peer, ACK);
		}
		finally {
			this.later.complete("end");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageIsGarbledThenItIsAskedForAgainAndTold(AcknowledgeAfter after) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = server(Dispatch.AUTO, after);
		try (Peer peer = new Peer(server)) {
			send(peer, frame("a") + frame("b").replace('b', 'x') + frame("b"));
			expect(peer, ACK + NAK + ACK);
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
				.isEqualTo(SocketErrorCode.CHECKSUM);
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("a", "b"));
			assertThat(server.statistics().messages().failed()).containsEntry("CHECKSUM", 1L);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenHandlersReturnOrThrowThenMessagesAreAcknowledgedOrAskedForAgain(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("bad")) {
				throw new IllegalStateException("It fails, as told to");
			}
		});
		try (Peer peer = new Peer(server(dispatch, AcknowledgeAfter.HANDLED))) {
			send(peer, frame("good") + frame("bad") + frame("good"));
			expect(peer, ACK + NAK + ACK);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAHandlerReturnsAFutureThenItsEndDecidesAndTheReplyComesAfterTheAcknowledgement(Dispatch dispatch) {
		TcpServer server = this.endpoints.newServer("server", 0,
				(connection) -> acknowledged(LONG, 3, AcknowledgeAfter.HANDLED).accept(connection.dispatch(dispatch)));
		CompletableFuture<Object> failing = new CompletableFuture<>();
		server.addHandler((connection, payload) -> payload.equals("fails") ? failing : this.later);
		server.start();
		try (Peer peer = new Peer(server)) {
			send(peer, frame("a"));
			expectNothing(peer);
			this.later.complete("re a");
			expect(peer, ACK + frame("re a"));
			send(peer, ACK + frame("fails"));
			failing.completeExceptionally(new IllegalStateException("It fails, as told to"));
			expect(peer, NAK);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenTheHandlerRepliesThenTheAcknowledgementIsFirst(AcknowledgeAfter after) {
		this.endpoints.onMessage((message) -> message.reply("re " + message.getPayload()));
		try (Peer peer = new Peer(server(Dispatch.AUTO, after))) {
			send(peer, frame("a"));
			expect(peer, ACK + frame("re a"));
			send(peer, ACK + frame("b"));
			expect(peer, ACK + frame("re b"));
			send(peer, ACK);
		}
	}

	@Test
	void whenMessagesAreSentThenEachWaitsForTheAcknowledgementOfTheOneBefore() {
		TcpServer server = server(Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> first = connection.sendAsync("1");
			CompletableFuture<Void> second = connection.sendAsync("2");
			expect(peer, frame("1"));
			expectNothing(peer);
			assertThat(first).isNotDone();
			send(peer, ACK);
			assertThat(first).succeedsWithin(LONG);
			expect(peer, frame("2"));
			assertThat(second).isNotDone();
			send(peer, ACK);
			assertThat(second).succeedsWithin(LONG);
		}
	}

	@Test
	void whenAThreadSendsThenItWaitsForTheAcknowledgement() {
		TcpServer server = server(Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> sent = OwnThread.run(() -> connection.send("1"));
			expect(peer, frame("1"));
			assertThat(sent).isNotDone();
			send(peer, ACK);
			assertThat(sent).succeedsWithin(LONG);
		}
	}

	@Test
	void whenThePeerRefusesThenTheMessageIsRepeatedAndFailsAtLastAndTheNextOneFollows() {
		TcpServer server = this.endpoints.server(acknowledged(LONG, 2, AcknowledgeAfter.RECEIVED));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> first = connection.sendAsync("1");
			CompletableFuture<Void> second = connection.sendAsync("2");
			for (int i = 0; i < 3; i++) {
				expect(peer, frame("1"));
				send(peer, NAK);
			}
			assertFails(first, SocketErrorCode.NOT_ACKNOWLEDGED);
			expect(peer, frame("2"));
			send(peer, NAK);
			expect(peer, frame("2"));
			send(peer, ACK);
			assertThat(second).succeedsWithin(LONG);
			assertThat(server.statistics().messages().failed()).containsEntry("NOT_ACKNOWLEDGED", 1L);
		}
	}

	@Test
	void whenNoAcknowledgementComesThenTheMessageIsRepeatedAndTheConnectionClosedAtLast() {
		TcpServer server = this.endpoints.server(acknowledged(SHORT, 2, AcknowledgeAfter.RECEIVED));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> first = connection.sendAsync("1");
			CompletableFuture<Void> second = connection.sendAsync("2");
			expect(peer, frame("1") + frame("1") + frame("1"));
			assertThat(peer.readAll()).isEmpty();
			assertFails(first, SocketErrorCode.NOT_ACKNOWLEDGED);
			assertThat(second).failsWithin(LONG);
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class))
				.satisfies((event) -> assertThat(event.getReason()).isEqualTo(DisconnectReason.NOT_ACKNOWLEDGED));
		}
	}

	@Test
	void whenALateAcknowledgementComesThenItIsNotTakenForThatOfTheNextMessage() {
		TcpServer server = this.endpoints.server(acknowledged(Duration.ofSeconds(3), 5, AcknowledgeAfter.RECEIVED));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> first = connection.sendAsync("1");
			CompletableFuture<Void> second = connection.sendAsync("2");
			expect(peer, frame("1") + frame("1"));
			send(peer, ACK);
			assertThat(first).succeedsWithin(LONG);
			send(peer, ACK);
			String next = read(peer, 4);
			while (next.equals(frame("1"))) {
				send(peer, ACK);
				next = read(peer, 4);
			}
			assertThat(next).isEqualTo(frame("2"));
			assertThat(second).isNotDone();
			send(peer, ACK);
			assertThat(second).succeedsWithin(LONG);
		}
	}

	@Test
	void whenTheAnswerToACopyNeverComesThenTheNextMessageLeavesAllTheSame() {
		TcpServer server = this.endpoints.server(acknowledged(SHORT, 50, AcknowledgeAfter.RECEIVED));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			connection.sendAsync("1");
			CompletableFuture<Void> second = connection.sendAsync("2");
			expect(peer, frame("1") + frame("1"));
			send(peer, ACK);
			Awaitility.await().until(() -> {
				String text = new String(peer.in().readNBytes(4), StandardCharsets.ISO_8859_1);
				return text.equals(frame("2"));
			});
			send(peer, ACK);
			assertThat(second).succeedsWithin(LONG);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenBothSidesAcknowledgeThenRequestsGetTheirAnswers(AcknowledgeAfter after) {
		this.endpoints.echo();
		TcpServer server = this.endpoints.server(acknowledged(LONG, 3, after));
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection(acknowledged(LONG, 3, after)));
		client.start();
		Awaitility.await().until(client::isConnected);
		List<CompletableFuture<Object>> answers = IntStream.range(0, 300)
			.mapToObj((i) -> client.requestAsync("q" + i, LONG))
			.toList();
		for (int i = 0; i < answers.size(); i++) {
			assertThat(answers.get(i)).succeedsWithin(LONG).isEqualTo("q" + i);
		}
		assertThat(client.<Object>request("last", LONG)).isEqualTo("last");
	}

	@ParameterizedTest
	@EnumSource
	void whenManyThreadsSendThenAllMessagesArriveOnceAndInTheOrderOfEach(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = server(dispatch, AcknowledgeAfter.HANDLED);
		TcpClient client = this.endpoints.newClient("client", server.getLocalAddress().getPort(),
				(settings) -> settings.connection(acknowledged(LONG, 3, AcknowledgeAfter.HANDLED)));
		client.start();
		Awaitility.await().until(client::isConnected);
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int sender = 0; sender < 8; sender++) {
			String name = sender + ":";
			senders.add(OwnThread.run(() -> IntStream.range(0, 100).forEach((i) -> client.send(name + i))));
		}
		assertThat(senders).allSatisfy((sender) -> assertThat(sender).succeedsWithin(LONG));
		assertThat(this.received).hasSize(800).doesNotHaveDuplicates();
		for (int sender = 0; sender < 8; sender++) {
			String name = sender + ":";
			assertThat(this.received.stream().filter((text) -> text.toString().startsWith(name)))
				.containsExactlyElementsOf(IntStream.range(0, 100).mapToObj((i) -> (Object) (name + i)).toList());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "DROP_NEWEST", "DROP_OLDEST", "DISCONNECT" })
	void whenMoreWouldWaitThanMayThenTheRuleForSlowConsumersHolds(SlowConsumerPolicy policy) {
		TcpServer server = this.endpoints.server((connection) -> acknowledged(LONG, 3, AcknowledgeAfter.RECEIVED)
			.accept(connection.maxPending(20_000).slowConsumer(policy)));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> underWay = connection.sendAsync("1".repeat(8_000));
			CompletableFuture<Void> oldest = connection.sendAsync("2".repeat(8_000));
			CompletableFuture<Void> newest = connection.sendAsync("3".repeat(8_000));
			switch (policy) {
				case DROP_NEWEST, BLOCK -> assertFails(newest, SocketErrorCode.SLOW_CONSUMER);
				case DROP_OLDEST -> assertFails(oldest, SocketErrorCode.SLOW_CONSUMER);
				case DISCONNECT -> assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
					.isEqualTo(DisconnectReason.SLOW_CONSUMER);
			}
			if (policy == SlowConsumerPolicy.DISCONNECT) {
				assertThat(underWay).failsWithin(LONG);
			}
			else {
				expect(peer, frame("1".repeat(8_000)));
				send(peer, ACK);
				assertThat(underWay).succeedsWithin(LONG);
				expect(peer, frame(((policy == SlowConsumerPolicy.DROP_OLDEST) ? "3" : "2").repeat(8_000)));
			}
		}
	}

	@Test
	void whenTheServerStopsThenWhatWaitsIsAcknowledgedFirst() {
		TcpServer server = server(Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> first = connection.sendAsync("1");
			CompletableFuture<Void> second = connection.sendAsync("2");
			expect(peer, frame("1"));
			CompletableFuture<Void> stopped = OwnThread.run(server::stop);
			expectNothing(peer);
			send(peer, ACK);
			expect(peer, frame("2"));
			send(peer, ACK);
			assertThat(stopped).succeedsWithin(LONG);
			assertThat(first).succeedsWithin(LONG);
			assertThat(second).succeedsWithin(LONG);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThePeerEndsItsOutputThenItGetsItsReplies(AcknowledgeAfter after) {
		this.endpoints.onMessage((message) -> message.reply("re " + message.getPayload()));
		try (Peer peer = new Peer(server(Dispatch.THREAD, after))) {
			send(peer, frame("a") + frame("b")).finish();
			String all = new String(peer.readAll(), StandardCharsets.ISO_8859_1);
			assertThat(all).contains(frame("re a"), frame("re b"));
			assertThat(all.replace(frame("re a"), "").replace(frame("re b"), "")).isEqualTo(ACK + ACK);
		}
	}

	@Test
	void whenTooManyMessagesWaitToBeAcknowledgedThenReadingPausesAndAllAreInTheEnd() {
		int count = 20_000;
		Queue<CompletableFuture<Object>> futures = new ConcurrentLinkedQueue<>();
		TcpServer server = this.endpoints.newServer("server", 0, acknowledged(LONG, 3, AcknowledgeAfter.HANDLED));
		server.addHandler((connection, payload) -> {
			CompletableFuture<Object> future = new CompletableFuture<>();
			futures.add(future);
			return future;
		});
		server.start();
		try (Peer peer = new Peer(server)) {
			CompletableFuture<Void> sent = OwnThread.run(() -> {
				for (int i = 0; i < count; i++) {
					send(peer, frame("x".repeat(100)));
				}
			});
			Awaitility.await().until(() -> futures.size() >= 1024);
			Awaitility.await().during(Duration.ofMillis(300)).until(() -> futures.size() < count / 2);
			CompletableFuture<Void> ended = OwnThread.run(() -> {
				for (int i = 0; i < count; i++) {
					CompletableFuture<Object> next = futures.poll();
					while (next == null) {
						Thread.onSpinWait();
						next = futures.poll();
					}
					next.complete(null);
				}
			});
			expect(peer, ACK.repeat(count));
			assertThat(sent).succeedsWithin(LONG);
			assertThat(ended).succeedsWithin(LONG);
		}
	}

	@Test
	void whenAClientWasOfflineThenWhatHasWaitedIsAcknowledged() throws Exception {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		int port = Ports.free();
		TcpClient client = this.endpoints.newClient("client", port,
				(settings) -> settings.connection(acknowledged(LONG, 3, AcknowledgeAfter.RECEIVED))
					.reconnect(ReconnectingTests.QUICK)
					.bufferWhenDisconnected(10_000));
		client.start();
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			sent.add(client.sendAsync("m" + i));
		}
		assertThat(sent).noneMatch(CompletableFuture::isDone);
		TcpServer server = this.endpoints.newServer("server", port, acknowledged(LONG, 3, AcknowledgeAfter.RECEIVED));
		server.start();
		assertThat(sent).allSatisfy((one) -> assertThat(one).succeedsWithin(LONG));
		Awaitility.await().until(() -> this.received.size() == 10);
		assertThat(this.received).first().isEqualTo("m0");
		assertThat(server.broadcast("to all")).isEqualTo(1);
	}

	@Test
	void whenAcknowledgementsComeUnaskedThenNothingHappens() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = server(Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
		try (Peer peer = new Peer(server)) {
			send(peer, ACK + NAK + ACK + NAK + frame("a") + ACK);
			expect(peer, ACK);
			Connection connection = this.endpoints.onlyConnection(server);
			CompletableFuture<Void> sent = connection.sendAsync("1");
			expect(peer, frame("1"));
			send(peer, ACK);
			assertThat(sent).succeedsWithin(LONG);
			assertThat(this.received).containsExactly("a");
		}
	}

	@Test
	void whenTheFramingIsOfTheApplicationThenItsMessagesAreAcknowledgedToo() {
		Framing own = new Framing() {

			@Override
			public boolean next(FrameWindow window) {
				return Framings.line().next(window);
			}

			@Override
			public void encode(byte[] payload, FrameOutput output) {
				Framings.line().encode(payload, output);
			}

		};
		this.endpoints.echo();
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(own).acknowledge(settings(LONG, 3, AcknowledgeAfter.RECEIVED)));
		try (Peer peer = new Peer(server)) {
			send(peer, "a\n");
			expect(peer, ACK + "a\n");
			send(peer, ACK + "b\n" + ACK);
			expect(peer, ACK + "b\n");
		}
	}

	@Test
	void whenMessagesAreAcknowledgedThenConnectionsAreNotChanged() {
		TcpServer server = server(Dispatch.LOOP, AcknowledgeAfter.RECEIVED);
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertThatIllegalStateException().isThrownBy(connection::closeOutput)
				.withMessageContaining("where messages are acknowledged");
			assertThatIllegalStateException()
				.isThrownBy(() -> connection.switchFraming(Framings.line(), Codecs.text(StandardCharsets.UTF_8)))
				.withMessageContaining("where messages are acknowledged");
			send(peer, frame("a"));
			expect(peer, ACK);
		}
	}

}

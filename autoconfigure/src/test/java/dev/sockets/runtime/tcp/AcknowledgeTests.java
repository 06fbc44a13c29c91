package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.codec.Codecs;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;

import static dev.sockets.runtime.tcp.Acks.ACK;
import static dev.sockets.runtime.tcp.Acks.LONG;
import static dev.sockets.runtime.tcp.Acks.NAK;
import static dev.sockets.runtime.tcp.Acks.acknowledged;
import static dev.sockets.runtime.tcp.Acks.expect;
import static dev.sockets.runtime.tcp.Acks.expectNothing;
import static dev.sockets.runtime.tcp.Acks.frame;
import static dev.sockets.runtime.tcp.Acks.send;
import static dev.sockets.runtime.tcp.Acks.server;
import static dev.sockets.runtime.tcp.Acks.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Each message that is received is acknowledged once, whatever becomes of it, also where
 * its peer waits for the same.
 */
@Timeout(60)
class AcknowledgeTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<Object> later = new CompletableFuture<>();

	@ParameterizedTest
	@EnumSource
	void whenMessagesAreReceivedThenEachIsAcknowledgedWhateverTheirHandlersDo(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			throw new IllegalStateException("It fails, as told to");
		});
		try (Peer peer = new Peer(server(this.endpoints, dispatch, AcknowledgeAfter.RECEIVED))) {
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
		try (Peer peer = new Peer(server(this.endpoints, Dispatch.AUTO, AcknowledgeAfter.RECEIVED))) {
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
		TcpServer server = server(this.endpoints, Dispatch.AUTO, after);
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
		try (Peer peer = new Peer(server(this.endpoints, dispatch, AcknowledgeAfter.HANDLED))) {
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
		try (Peer peer = new Peer(server(this.endpoints, Dispatch.AUTO, after))) {
			send(peer, frame("a"));
			expect(peer, ACK + frame("re a"));
			send(peer, ACK + frame("b"));
			expect(peer, ACK + frame("re b"));
			send(peer, ACK);
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
	void whenThePeerEndsItsOutputThenItGetsItsReplies(AcknowledgeAfter after) {
		this.endpoints.onMessage((message) -> message.reply("re " + message.getPayload()));
		try (Peer peer = new Peer(server(this.endpoints, Dispatch.THREAD, after))) {
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
	void whenAcknowledgementsComeUnaskedThenNothingHappens() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = server(this.endpoints, Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
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
		TcpServer server = server(this.endpoints, Dispatch.LOOP, AcknowledgeAfter.RECEIVED);
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

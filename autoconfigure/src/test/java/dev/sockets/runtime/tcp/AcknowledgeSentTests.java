package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.SlowConsumerPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.OwnThread;
import dev.sockets.testkit.Ports;

import static dev.sockets.runtime.tcp.Acks.ACK;
import static dev.sockets.runtime.tcp.Acks.LONG;
import static dev.sockets.runtime.tcp.Acks.NAK;
import static dev.sockets.runtime.tcp.Acks.SHORT;
import static dev.sockets.runtime.tcp.Acks.acknowledged;
import static dev.sockets.runtime.tcp.Acks.assertFails;
import static dev.sockets.runtime.tcp.Acks.expect;
import static dev.sockets.runtime.tcp.Acks.expectNothing;
import static dev.sockets.runtime.tcp.Acks.frame;
import static dev.sockets.runtime.tcp.Acks.read;
import static dev.sockets.runtime.tcp.Acks.send;
import static dev.sockets.runtime.tcp.Acks.server;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each message that is sent waits for the acknowledgement of the one before, and is
 * repeated or fails without its own.
 */
@Timeout(60)
class AcknowledgeSentTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	@Test
	void whenMessagesAreSentThenEachWaitsForTheAcknowledgementOfTheOneBefore() {
		TcpServer server = server(this.endpoints, Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
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
		TcpServer server = server(this.endpoints, Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
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
			send(peer, ACK + ACK);
			assertThat(first).succeedsWithin(LONG);
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
	void whenManyThreadsSendThenAllMessagesArriveOnceAndInTheOrderOfEach(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		TcpServer server = server(this.endpoints, dispatch, AcknowledgeAfter.HANDLED);
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
		TcpServer server = server(this.endpoints, Dispatch.AUTO, AcknowledgeAfter.RECEIVED);
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

}

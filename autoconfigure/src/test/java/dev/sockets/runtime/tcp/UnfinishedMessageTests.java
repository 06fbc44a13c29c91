package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.Correlation;
import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.Hl7Ack;
import dev.sockets.tcp.Profile;
import dev.sockets.tcp.RequestMatching;
import dev.sockets.tcp.RequestOrder;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static dev.sockets.runtime.tcp.Acks.ACK;
import static dev.sockets.runtime.tcp.Acks.LONG;
import static dev.sockets.runtime.tcp.Acks.NAK;
import static dev.sockets.runtime.tcp.Acks.expect;
import static dev.sockets.runtime.tcp.Acks.expectNothing;
import static dev.sockets.runtime.tcp.Acks.frame;
import static dev.sockets.runtime.tcp.Acks.read;
import static dev.sockets.runtime.tcp.Acks.send;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message that its peer has not finished before it has begun another one is told, and
 * nothing that anybody gets can be taken for the answer to the wrong one of both.
 */
@Timeout(60)
class UnfinishedMessageTests {

	private static final String HEADER = "MSH|^~\\&|LAB|A|HIS|B|20240101||ORU^R01|";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final Queue<Object> received = new ConcurrentLinkedQueue<>();

	private static String hl7(String id) {
		return HEADER + id + "|P|2.3\rPID|||" + id + "\r";
	}

	private UnfinishedMessageTests receive() {
		this.endpoints.onMessage((message) -> this.received.add(message.getPayload()));
		return this;
	}

	private void assertTold(String firstBytes) {
		MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
		assertThat(error.getCode()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
		assertThat(error.getFirstBytes()).isEqualTo(firstBytes);
		assertThat(error.getCause()).hasMessageEndingWith(": another one begins before its end");
		assertThat(this.endpoints.events(MessageErrorEvent.class)).hasSize(1);
		assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageOfHl7IsNotFinishedThenOnlyTheOthersAreAcknowledged(Dispatch dispatch) {
		TcpServer server = receive().endpoints.serve((settings) -> settings.profile(Profile.MLLP)
			.connection((connection) -> connection.hl7Ack(Hl7Ack.AUTO).dispatch(dispatch)));
		try (Peer peer = new Peer(server)) {
			send(peer, "\13" + HEADER + "TORN|P|2.3\rPID|||1");
			send(peer, "\13" + hl7("SECOND") + "\34\r\13" + hl7("THIRD") + "\34\r");
			StringBuilder all = new StringBuilder();
			while (!all.toString().endsWith("MSA|AA|THIRD\r\34\r")) {
				all.append(read(peer, 1));
			}
			assertThat(all.toString().split("MSA\\|")).hasSize(3);
			assertThat(all).contains("MSA|AA|SECOND\r");
			assertThat(this.received).containsExactly(hl7("SECOND"), hl7("THIRD"));
			assertTold("0b 4d 53 48 7c 5e 7e 5c 26 7c 4c 41 42 7c 41 7c");
			assertThat(server.statistics().messages().failed()).containsEntry("MALFORMED_FRAME", 1L);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageIsNotFinishedThenOnlyTheOtherIsAcknowledged(AcknowledgeAfter after) {
		try (Peer peer = new Peer(Acks.server(receive().endpoints, Dispatch.AUTO, after))) {
			send(peer, "\2torn" + frame("a"));
			expect(peer, ACK);
			send(peer, frame("b"));
			expect(peer, ACK);
			expectNothing(peer);
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("a", "b"));
			assertTold("02 74 6f 72 6e");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAMessageHasNoChecksumThenTheOtherIsAcknowledgedAndAWrongOneIsAskedForAgain(AcknowledgeAfter after) {
		try (Peer peer = new Peer(Acks.server(receive().endpoints, Dispatch.THREAD, after))) {
			send(peer, "\2torn\3" + frame("a") + frame("b").replace('b', 'x') + frame("b"));
			expect(peer, ACK + NAK + ACK);
			expectNothing(peer);
			Awaitility.await().untilAsserted(() -> assertThat(this.received).containsExactly("a", "b"));
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 2)).extracting(MessageErrorEvent::getCode)
				.containsExactly(SocketErrorCode.MALFORMED_FRAME, SocketErrorCode.CHECKSUM);
		}
	}

	@Test
	void whenErrorsAreToCloseThenAMessageThatIsNotFinishedDoes() {
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(Framings.stxEtx()).onHandlerError(HandlerErrorPolicy.CLOSE));
		try (Peer peer = new Peer(server)) {
			send(peer, "\2torn\2a\3");
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.FRAME_ERROR);
		}
	}

	private TcpClient client(Backend backend, Consumer<ConnectionSettings.Builder> settings) {
		TcpClient client = this.endpoints.newClient("client", backend.port(),
				(it) -> it.connection((connection) -> settings.accept(connection.framing(Framings.stxEtx()))));
		client.start();
		return client;
	}

	private static void assertFailsAsLost(CompletableFuture<?> answer) {
		Acks.assertFails(answer, SocketErrorCode.NOT_CONNECTED);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnAnswerIsBegunTwiceThenTheOneThatIsFinishedIsIt(Dispatch dispatch) {
		try (Backend backend = new Backend()) {
			TcpClient client = client(backend, (connection) -> connection.dispatch(dispatch));
			try (Peer peer = backend.accept()) {
				Awaitility.await().until(client::isConnected);
				CompletableFuture<Object> answer = client.requestAsync("q", LONG);
				expect(peer, "\2q\3");
				send(peer, "\2ans\2answer\3");
				assertThat(answer).succeedsWithin(LONG).isEqualTo("answer");
				assertTold("02 61 6e 73");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenItIsUnclearWhichAnswerIsNotFinishedThenNoRequestGetsAnotherOnesAnswer(Dispatch dispatch) {
		try (Backend backend = new Backend()) {
			TcpClient client = client(backend, (connection) -> connection.dispatch(dispatch));
			try (Peer peer = backend.accept()) {
				Awaitility.await().until(client::isConnected);
				CompletableFuture<Object> first = client.requestAsync("1", LONG);
				CompletableFuture<Object> second = client.requestAsync("2", LONG);
				expect(peer, "\0021\3\0022\3");
				send(peer, "\2answer to 1\2answer to 2\3");
				assertFailsAsLost(first);
				assertFailsAsLost(second);
				assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
					.isEqualTo(DisconnectReason.FRAME_ERROR);
				assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getFirstBytes())
					.startsWith("02 61 6e 73 77 65 72");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAnswersHaveKeysThenOneThatIsNotFinishedOrGarbledIsNobodys(boolean garbled) {
		Correlation byFirst = Correlation.bytes(0, 1);
		try (Backend backend = new Backend()) {
			TcpClient client = client(backend, (connection) -> connection.framing(Acks.FRAMING)
				.requestMatching(new RequestMatching(byFirst, null, RequestOrder.PIPELINED)));
			try (Peer peer = backend.accept()) {
				Awaitility.await().until(client::isConnected);
				CompletableFuture<Object> first = client.requestAsync("1", Duration.ofSeconds(1));
				CompletableFuture<Object> second = client.requestAsync("2", LONG);
				read(peer, 8);
				send(peer, garbled ? frame("1 garbled").replace('1', '2') : "\0022 not finished");
				send(peer, frame("2 answer"));
				assertThat(second).succeedsWithin(LONG).isEqualTo("2 answer");
				Acks.assertFails(first, SocketErrorCode.REQUEST_TIMEOUT);
				assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
					.isEqualTo(garbled ? SocketErrorCode.CHECKSUM : SocketErrorCode.MALFORMED_FRAME);
			}
		}
	}

}

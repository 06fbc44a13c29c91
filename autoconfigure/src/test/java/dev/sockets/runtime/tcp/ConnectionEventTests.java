package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.codec.Codec;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.WhenFull;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of one connection come one at a time, in order, and faults are told in their
 * place.
 */
@Timeout(60)
class ConnectionEventTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(2);

	private final Map<String, Queue<String>> histories = new ConcurrentHashMap<>();

	@ParameterizedTest
	@EnumSource
	void whenPeersSendWithTheConnectAndCloseAtOnceThenEachHistoryIsComplete(Dispatch dispatch) {
		recordHistories();
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		for (int i = 0; i < 500; i++) {
			Peer peer = new Peer(server);
			peer.send("a", "b");
			peer.close();
		}
		Awaitility.await().until(() -> this.histories.size() == 500);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.histories.values())
				.allSatisfy((history) -> assertThat(history).containsExactly("connected", "a", "b", "REMOTE")));
		assertThat(server.getConnections()).isEmpty();
		assertThat(server.status().connectionsOpened()).isEqualTo(500);
		assertThat(server.status().messagesReceived()).isEqualTo(1000);
	}

	@ParameterizedTest
	@EnumSource
	void whenPeersResetAtOnceThenEachHistoryHasOneBeginAndOneEnd(Dispatch dispatch) {
		recordHistories();
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		for (int i = 0; i < 500; i++) {
			Peer peer = new Peer(server);
			peer.send("a");
			peer.reset();
		}
		Awaitility.await().until(() -> server.status().connectionsOpened() == 500 && server.getConnections().isEmpty());
		Awaitility.await()
			.until(() -> this.histories.size() == 500
					&& this.histories.values().stream().allMatch((history) -> history.contains("RESET")));
		assertThat(this.histories.values()).allSatisfy((history) -> {
			assertThat(history).startsWith("connected").endsWith("RESET").containsOnlyOnce("connected", "RESET");
			assertThat(history.size()).isLessThanOrEqualTo(3);
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenPeerFinishesSendingThenItGetsAllAnswersBeforeTheEnd(Dispatch dispatch) {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (dispatch != Dispatch.LOOP) {
				TestEndpoints.block(10);
			}
			message.reply(message.getPayload());
		}).server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			assertThat(peer.send("a", "b").finish().readAll()).asString().isEqualTo("a\nb\n");
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
	}

	@ParameterizedTest
	@EnumSource
	void whenHandlerThrowsThenTheConnectionIsKept(Dispatch dispatch) {
		TcpServer server = this.endpoints.onMessage((message) -> {
			if (message.getPayload().equals("bad")) {
				throw new IllegalArgumentException("on purpose");
			}
			message.reply(message.getPayload());
		}).server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "bad", "3");
			assertThat(peer.readLine()).isEqualTo("1");
			assertThat(peer.readLine()).isEqualTo("3");
		}
		MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
		assertThat(error.getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
		assertThat(error.getCause().getCause()).isInstanceOf(IllegalArgumentException.class).hasMessage("on purpose");
		assertThat(server.status().lastFailure()).isNotNull();
	}

	@ParameterizedTest
	@EnumSource
	void whenFrameIsTooLongThenTheMessagesBeforeItAreDeliveredFirst(Dispatch dispatch) {
		recordHistories();
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch).maxFrameSize(10));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "2", "x".repeat(11), "4");
			assertThat(peer.readAll()).isEmpty();
		}
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.histories.values()).singleElement()
				.satisfies((history) -> assertThat(history).containsExactly("connected", "1", "2",
						"FRAME_TOO_LARGE 78 78 78 78 78 78 78 78 78 78 78 0a 34 0a", "FRAME_ERROR")));
	}

	@ParameterizedTest
	@EnumSource
	void whenCodecFailsThenOnlyThatMessageIsLost(Dispatch dispatch) {
		recordHistories();
		TcpServer server = this.endpoints
			.server((connection) -> connection.dispatch(dispatch).codec(new FailingCodec()));
		try (Peer peer = new Peer(server)) {
			peer.send("1", "exception", "3", "error", "5");
		}
		List<String> expected = List.of("connected", "1", "CODEC_FAILED 65 78 63 65 70 74 69 6f 6e", "3",
				"CODEC_FAILED 65 72 72 6f 72", "5", "REMOTE");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.histories.values()).singleElement()
				.satisfies((history) -> assertThat(history).containsExactlyElementsOf(expected)));
	}

	@ParameterizedTest
	@EnumSource
	void whenFramingItselfFailsThenTheConnectionIsClosed(Dispatch dispatch) {
		TcpServer server = this.endpoints
			.server((connection) -> connection.dispatch(dispatch).framing(new FailingFraming()));
		try (Peer peer = new Peer(server)) {
			peer.send("anything");
			assertThat(peer.readAll()).isEmpty();
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
			.isEqualTo(DisconnectReason.FRAME_ERROR);
		assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCause())
			.hasRootCauseMessage("a bug in a framing");
	}

	@ParameterizedTest
	@MethodSource("errors")
	void whenFramingThrowsAnErrorThenWhatWasCutIsHandledAndTheConnectionClosed(Dispatch dispatch, Error error) {
		recordHistories();
		TcpServer server = this.endpoints
			.server((connection) -> connection.dispatch(dispatch).framing(new ErrorFraming(error)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("ab!cd".getBytes(StandardCharsets.UTF_8));
			assertThat(peer.readAll()).isEmpty();
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.histories.values()).singleElement()
				.satisfies((history) -> assertThat(history).containsExactly("connected", "a", "b",
						"MALFORMED_FRAME 21 63 64", "FRAME_ERROR")));
		Awaitility.await().until(() -> server.getConnections().isEmpty());
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("e".getBytes(StandardCharsets.UTF_8));
			Awaitility.await().until(() -> this.histories.size() == 2);
		}
	}

	static Stream<Arguments> errors() {
		return Stream.of(Dispatch.values())
			.flatMap((dispatch) -> Stream
				.of(new StackOverflowError("on purpose"), new OutOfMemoryError("on purpose"),
						new NoClassDefFoundError("on purpose"))
				.map((error) -> Arguments.of(dispatch, error)));
	}

	@ParameterizedTest
	@EnumSource
	void whenAnExceptionCannotEvenBeDescribedThenTheConnectionIsClosedAndItsPlaceFree(Dispatch dispatch) {
		this.endpoints.onMessage((message) -> {
			throw new UndescribableException();
		});
		TcpServer server = this.endpoints.serve((settings) -> settings.maxConnections(1)
			.whenFull(WhenFull.WAIT)
			.connection((connection) -> connection.dispatch(dispatch).onHandlerError(HandlerErrorPolicy.CLOSE)));
		for (int i = 1; i <= 3; i++) {
			try (Peer peer = new Peer(server)) {
				peer.send("anything");
				assertThat(peer.readAll()).isEmpty();
			}
			assertThat(this.endpoints.awaitEvents(DisconnectedEvent.class, i)).extracting(DisconnectedEvent::getReason)
				.containsOnly(DisconnectReason.HANDLER_ERROR)
				.hasSize(i);
		}
	}

	private void recordHistories() {
		this.endpoints.onMessage((message) -> record(message.getConnection(), (String) message.getPayload()))
			.onEvent((event) -> {
				if (event instanceof ConnectedEvent connected) {
					record(connected.getConnection(), "connected");
				}
				else if (event instanceof DisconnectedEvent disconnected) {
					record(disconnected.getConnection(), disconnected.getReason().name());
				}
				else if (event instanceof MessageErrorEvent error) {
					record(error.getConnection(), error.getCode() + " " + error.getFirstBytes());
				}
			});
	}

	private void record(Connection connection, String what) {
		this.histories.computeIfAbsent(connection.getId(), (id) -> new ConcurrentLinkedQueue<>()).add(what);
	}

	private static final class FailingCodec implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) throws Exception {
			String text = new String(buffer, offset, length, StandardCharsets.UTF_8);
			if (text.equals("exception")) {
				throw new Exception("on purpose");
			}
			if (text.equals("error")) {
				throw new StackOverflowError("on purpose");
			}
			return text;
		}

		@Override
		public byte[] encode(Object payload) {
			throw new UnsupportedOperationException();
		}

	}

	private static final class UndescribableException extends IllegalStateException {

		@Override
		public String getMessage() {
			throw new IllegalArgumentException("no message");
		}

	}

	/** Each byte is a frame, but for one that is thrown on. */
	private record ErrorFraming(Error error) implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			int start = window.start();
			if (window.array()[start] == '!') {
				throw this.error;
			}
			window.frame(start, start + 1, start + 1);
			return true;
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			throw new UnsupportedOperationException();
		}

	}

	private static final class FailingFraming implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			throw new IllegalStateException("a bug in a framing");
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			throw new UnsupportedOperationException();
		}

	}

}

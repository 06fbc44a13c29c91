package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.Delimiters;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Framings of the application are held to the limit, may refuse frames, remember what
 * they want of a connection, and are asked for what is left when the peer has ended.
 */
@Timeout(60)
class FramingLimitTests {

	private static final int LIMIT = 4096;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<Object> handled = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	void whenAFramingFindsNoFrameInMoreThanTheLimitThenTheConnectionIsClosed(Dispatch dispatch) {
		assertThatItIsTooLarge(dispatch, (window) -> false, 5 * LIMIT);
	}

	@ParameterizedTest
	@EnumSource
	void whenAFramingMarksAFrameBeyondTheLimitThenTheConnectionIsClosed(Dispatch dispatch) {
		assertThatItIsTooLarge(dispatch, (window) -> {
			boolean isThere = window.end() - window.start() > LIMIT;
			if (isThere) {
				window.frame(window.start(), window.end(), window.end());
			}
			return isThere;
		}, LIMIT + 1);
	}

	private void assertThatItIsTooLarge(Dispatch dispatch, Next next, int bytes) {
		TcpServer server = server(dispatch, next);
		try (Peer peer = new Peer(server)) {
			peer.trySend(new byte[bytes]);
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.FRAME_ERROR);
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
				.isEqualTo(SocketErrorCode.FRAME_TOO_LARGE);
			assertThat(this.handled).isEmpty();
		}
	}

	@Test
	void whenAFramingWaitsForAFrameOfTheLimitThenItMay() {
		TcpServer server = server(Dispatch.AUTO, (window) -> {
			boolean isThere = window.end() - window.start() >= LIMIT + 1024;
			if (isThere) {
				window.frame(window.start() + 1024, window.end(), window.end());
			}
			return isThere;
		});
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(new byte[LIMIT]);
			peer.sendRaw(new byte[1024]);
			Awaitility.await().until(() -> this.handled.size() == 1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAFramingRejectsAFrameThenItIsToldAndTheConnectionGoesOn(Dispatch dispatch) {
		TcpServer server = server(dispatch, (window) -> {
			boolean bad = window.array()[window.start()] == '!';
			boolean found = Framings.line().next(window);
			if (found && bad) {
				window.reject(window.start(), "it begins with !");
			}
			return found;
		});
		try (Peer peer = new Peer(server)) {
			peer.send("1", "!2", "3");
			Awaitility.await().until(() -> this.handled.size() == 2);
			assertThat(this.handled).containsExactly("1", "3");
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getCode()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
			assertThat(error.getCause()).hasMessageEndingWith(": it begins with !");
			Awaitility.await().until(() -> server.statistics().messages().failed().get("MALFORMED_FRAME") == 1);
			assertThat(this.endpoints.events(DisconnectedEvent.class)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenAChecksumIsWrongThenItIsToldAndTheConnectionGoesOn(Dispatch dispatch) {
		Framing checked = Framings.checked(Framings.line(), ChecksumRule.of(ChecksumKind.MOD10));
		TcpServer server = this.endpoints.onMessage((message) -> {
			this.handled.add(message.getPayload());
			message.reply(message.getPayload());
		}).server((connection) -> connection.dispatch(dispatch).framing(checked));
		try (Peer peer = new Peer(server)) {
			peer.send("79927398713", "79927398714", "79927398713");
			assertThat(peer.readLine()).isEqualTo("79927398713");
			assertThat(peer.readLine()).isEqualTo("79927398713");
			assertThat(this.handled).containsExactly("7992739871", "7992739871");
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getCode()).isEqualTo(SocketErrorCode.CHECKSUM);
			assertThat(error.getFirstBytes()).startsWith("37 39 39 32");
			Awaitility.await().until(() -> server.statistics().messages().failed().get("CHECKSUM") == 1);
		}
	}

	@Test
	void whenAChecksumIsNotWrittenInDigitsThenTheErrorSaysSo() {
		Framing checked = Framings.checked(Framings.line(), ChecksumRule.of(ChecksumKind.XOR, ChecksumEncoding.HEX));
		TcpServer server = this.endpoints.server((connection) -> connection.framing(checked));
		try (Peer peer = new Peer(server)) {
			peer.send("raw!");
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getCode()).isEqualTo(SocketErrorCode.CHECKSUM);
			assertThat(error.getCause()).hasMessageContaining("checksum xor hex is not written in hexadecimal digits");
		}
	}

	@Test
	void whenErrorsAreToCloseThenABadFrameDoes() {
		Framing checked = Framings.checked(Framings.line(), ChecksumRule.of(ChecksumKind.MOD10));
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(checked).onHandlerError(HandlerErrorPolicy.CLOSE));
		try (Peer peer = new Peer(server)) {
			peer.send("79927398714");
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.FRAME_ERROR);
		}
	}

	@Test
	void whenAFramingRemembersSomethingThenItIsOfThatConnectionOnly() {
		TcpServer server = server(Dispatch.AUTO, (window) -> {
			boolean found = Framings.line().next(window);
			if (found && window.attachment() == null) {
				window.attach(new int[1]);
			}
			if (found && window.attachment() instanceof int[] seen && ++seen[0] > 2) {
				window.reject(window.start(), "it is one too many");
			}
			return found;
		});
		try (Peer first = new Peer(server); Peer second = new Peer(server)) {
			first.send("a1");
			second.send("b1", "b2");
			Awaitility.await().until(() -> this.handled.size() == 3);
			first.send("a2", "a3");
			Awaitility.await().until(() -> this.handled.contains("a2"));
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 1)).hasSize(1);
			assertThat(this.handled).containsExactlyInAnyOrder("a1", "b1", "b2", "a2");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThePeerEndsItsSideThenAllItHasSentIsTheMessageAndIsAnswered(Dispatch dispatch) {
		TcpServer server = answering(dispatch, Framings.endOfStream());
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("one\n".getBytes(StandardCharsets.UTF_8)).sendRaw("two\n".getBytes(StandardCharsets.UTF_8));
			peer.finish();
			assertThat(peer.readLine()).isEqualTo("one");
			assertThat(peer.readLine()).isEqualTo("two");
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.REMOTE);
		}
		assertThat(this.handled).containsExactly("one\ntwo\n");
	}

	@ParameterizedTest
	@EnumSource
	void whenALastMessageHasNoEndThenItIsDeliveredIfItIsToBe(Dispatch dispatch) {
		TcpServer server = answering(dispatch, Framings
			.delimiters(new Delimiters(List.of(new byte[] { '\n' }, new byte[] { ';' }), false, false, true)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("one;two".getBytes(StandardCharsets.UTF_8));
			peer.finish();
			assertThat(peer.readLine()).isEqualTo("one");
			assertThat(peer.readLine()).isEqualTo("two");
		}
		assertThat(this.handled).containsExactly("one", "two");
	}

	@Test
	void whenALastMessageHasNoEndThenTheConnectionIsTruncated() {
		TcpServer server = answering(Dispatch.AUTO, Framings.line());
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("one\ntwo".getBytes(StandardCharsets.UTF_8));
			peer.finish();
			assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason())
				.isEqualTo(DisconnectReason.TRUNCATED);
		}
		assertThat(this.handled).containsExactly("one");
	}

	@Test
	void whenTextIsMalformedThenItIsToldAndTheConnectionGoesOn() {
		TcpServer server = answering(Dispatch.AUTO, Framings.line());
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(new byte[] { 'a', (byte) 0xFF, '\n', 'b', '\n' });
			assertThat(peer.readLine()).isEqualTo("b");
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
				.isEqualTo(SocketErrorCode.CODEC_FAILED);
			assertThat(this.handled).containsExactly("b");
		}
	}

	private TcpServer answering(Dispatch dispatch, Framing framing) {
		return this.endpoints.onMessage((message) -> {
			this.handled.add(message.getPayload());
			message.reply(message.getPayload());
		}).server((connection) -> connection.dispatch(dispatch).framing(framing));
	}

	private TcpServer server(Dispatch dispatch, Next next) {
		return this.endpoints.onMessage((message) -> this.handled.add(message.getPayload()))
			.server((connection) -> connection.dispatch(dispatch)
				.maxFrameSize(LIMIT)
				.framing(new OfTheApplication(next)));
	}

	/** Looks for a frame. */
	private interface Next {

		boolean isIn(FrameWindow window);

	}

	private record OfTheApplication(Next next) implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			return this.next.isIn(window);
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			output.write(payload);
		}

	}

}

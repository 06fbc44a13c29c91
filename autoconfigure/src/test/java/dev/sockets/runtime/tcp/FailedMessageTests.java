package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.EventKind;
import dev.sockets.InboxOverflow;
import dev.sockets.SocketErrorCode;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.Framings;
import dev.sockets.loop.MemoryBudget;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who is told that a handler has failed is told on which message, so that the answer can
 * name it.
 */
@Timeout(120)
class FailedMessageTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource(Dispatch.class)
	void whenAHandlerFailsThenTheEventHasItsMessage(Dispatch dispatch) {
		failOnEach();
		TcpServer server = this.endpoints.server((connection) -> connection.dispatch(dispatch));
		try (Peer peer = new Peer(server)) {
			peer.send("order 17 \u00e9", "order 18");
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 2)).satisfiesExactly((error) -> {
				assertThat(error.getCode()).isEqualTo(SocketErrorCode.HANDLER_FAILED);
				assertThat(error.getPayload()).isEqualTo("order 17 \u00e9");
				assertThat(error.getFirstBytes()).isEqualTo("6f 72 64 65 72 20 31 37 20 c3 a9");
			}, (error) -> assertThat(error.getPayload()).isEqualTo("order 18"));
		}
	}

	@Test
	void whenPayloadsAreBytesThenTheFirstOfThemAreShown() {
		failOnEach();
		TcpServer server = this.endpoints.server((connection) -> connection.codec(Codecs.bytes()));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(("x".repeat(40) + "\n").getBytes());
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat((byte[]) error.getPayload()).hasSize(40);
			assertThat(error.getFirstBytes()).isEqualTo("78 ".repeat(16).trim());
		}
	}

	@Test
	void whenTheMessageIsNullThenThatIsTold() {
		failOnEach();
		TcpServer server = this.endpoints.server((connection) -> connection.codec(Codecs.json()));
		try (Peer peer = new Peer(server)) {
			peer.send("null");
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getPayload()).isEqualTo(Optional.empty());
			assertThat(error.getFirstBytes()).isEqualTo("6e 75 6c 6c");
		}
	}

	@Test
	void whenTheCodecCannotEncodeItAgainThenTheEventIsThereAllTheSame() {
		failOnEach();
		TcpServer server = this.endpoints.server((connection) -> connection.codec(new OneWay()));
		try (Peer peer = new Peer(server)) {
			peer.send("order 17");
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getPayload()).isEqualTo(8);
			assertThat(error.getFirstBytes()).isEmpty();
		}
	}

	/** Its name is the peer's, and may be of any characters. */
	@Test
	void whenAClassIsNotAllowedThenTheEventAndTheStatusNameIt() throws Exception {
		Codec all = Codecs.object(List.of("java.util.*"), null);
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(Framings.lengthPrefixed(4, ByteOrder.BIG_ENDIAN, false))
				.codec(Codecs.object(List.of("java.util.ArrayList"), null)));
		byte[] allowed = all.encode(new BitSet());
		String text = new String(allowed, StandardCharsets.ISO_8859_1);
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(frame(allowed));
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCause())
				.hasMessageContaining("Class java.util.BitSet is not allowed; see allowed-classes");
			await().untilAsserted(
					() -> assertThat(String.valueOf(server.status().lastFailure())).contains("java.util.BitSet"));
			peer.sendRaw(frame(
					text.replace("java.util.BitSet", "java.util\n\u001b[1mXY").getBytes(StandardCharsets.ISO_8859_1)));
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 2).get(1).getCause().getMessage())
				.contains("Class java.util\\n\\u001b[1mXY is not allowed");
			String name = "x".repeat(1000);
			peer.sendRaw(frame(text.replace("\u0000\u0010java.util.BitSet", "\u0003\u00e8" + name)
				.getBytes(StandardCharsets.ISO_8859_1)));
			assertThat(this.endpoints.awaitEvents(MessageErrorEvent.class, 3).get(2).getCause().getMessage())
				.contains("Class " + "x".repeat(200) + "... is not allowed")
				.doesNotContain("x".repeat(201));
		}
	}

	private static byte[] frame(byte[] payload) {
		return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
	}

	@Test
	void whenAFutureFailsLaterThenItsMessageIsNotKeptForThat() {
		CompletableFuture<Object> answer = new CompletableFuture<>();
		TcpServer server = this.endpoints.newServer("server", 0, (connection) -> {
		});
		server.addHandler((peer, payload) -> answer);
		server.start();
		try (Peer peer = new Peer(server)) {
			peer.send("order 17");
			await().atMost(TestEndpoints.SOON).until(() -> server.statistics().messages().received() == 1);
			answer.completeExceptionally(new IllegalStateException("as it was told to"));
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getPayload()).isNull();
			assertThat(error.getFirstBytes()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenFailuresWaitInAnInboxThenTheirMessagesCount(boolean threads) {
		MemoryBudget memory = new MemoryBudget(10_000_000);
		try (TestEndpoints own = new TestEndpoints(TestedEngine.loops(1, memory))) {
			TcpServer server = own.newServer("server", 0,
					(connection) -> connection.inbox(10, InboxOverflow.DROP_OLDEST)
						.dispatch(threads ? Dispatch.THREAD : Dispatch.LOOP)
						.maxFrameSize(200_000));
			server.addHandler((peer, payload) -> {
				throw new IllegalStateException("as it was told to");
			});
			server.start();
			try (Peer peer = new Peer(server)) {
				peer.send("x".repeat(100_000));
				own.awaitEvent(MessageErrorEvent.class);
				await().atMost(TestEndpoints.SOON).until(() -> memory.used() > 100_000 && memory.used() < 110_000);
				server.inbox().clear();
				await().atMost(TestEndpoints.SOON).until(() -> memory.used() == 0);
			}
		}
	}

	@Test
	void whenNobodyListensThenTheLogShowsNoPayload() {
		failOnEach();
		try (LogLines log = new LogLines(EndpointEvents.class.getName())) {
			TcpServer server = this.endpoints.server((connection) -> connection.events(EnumSet.of(EventKind.RECEIVED)));
			try (Peer peer = new Peer(server)) {
				peer.send("secret");
				await().atMost(TestEndpoints.SOON).until(() -> log.all().size() == 1);
				assertThat(log.all().get(0)).contains("as it was told to").doesNotContain("secret", "73 65 63");
			}
		}
	}

	private void failOnEach() {
		this.endpoints.onMessage((message) -> {
			throw new IllegalStateException("as it was told to");
		});
	}

	/** Decodes only. */
	private static final class OneWay implements Codec {

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			return new String(buffer, offset, length, StandardCharsets.UTF_8).length();
		}

		@Override
		public byte[] encode(Object payload) {
			throw new UnsupportedOperationException();
		}

	}

}

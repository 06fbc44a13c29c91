package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codecs;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.rpc.RemoteException;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What becomes of requests by opcode when something goes wrong.
 */
@Timeout(60)
class RpcFaultTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final TcpServer server = this.endpoints.server(RpcPair::wire);

	@Test
	void whenRepliesAreLateUnknownOrDuplicateThenTheyAreDroppedAndCounted() throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			RpcPeer rpc = this.endpoints.onlyConnection(this.server).rpc();
			CompletableFuture<Object> late = rpc.executeAsync("late", Duration.ofMillis(1));
			assertThat(late).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withMessageContaining("A request was not answered within its deadline");
			peer.send(3, peer.receive().get(1), "late");
			peer.send(3, 123_456, "unknown");
			peer.send(3, "text", "unknown");
			peer.send(3, null, "unknown");
			peer.send(4, 123_457, "ValueError", "unknown");
			CompletableFuture<Object> answered = rpc.executeAsync("twice");
			Object code = peer.receive().get(1);
			peer.send(3, code, "first");
			peer.send(3, code, "second");
			assertThat(answered).succeedsWithin(TestEndpoints.SOON).isEqualTo("first");
			awaitFailed(this.server, SocketErrorCode.REPLY_DROPPED, 6);
			assertThat(answered.join()).isEqualTo("first");
		}
	}

	@Test
	void whenTheCallerCancelsThenItsPlaceIsFreeAndTheReplyIsDropped() throws IOException {
		TcpServer small = this.endpoints.server("small",
				(connection) -> RpcPair.wire(connection).maxPendingRequests(1));
		try (RpcWire peer = new RpcWire(small)) {
			RpcPeer rpc = this.endpoints.onlyConnection(small).rpc();
			CompletableFuture<Object> cancelled = rpc.executeAsync("first");
			assertThat(rpc.executeAsync("refused")).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withMessageContaining("1 requests wait for an answer already");
			assertThat(cancelled.cancel(true)).isTrue();
			CompletableFuture<Object> next = rpc.executeAsync("second");
			peer.send(3, peer.receive().get(1), 1);
			peer.send(3, peer.receive().get(1), 2);
			assertThat(next).succeedsWithin(TestEndpoints.SOON).isEqualTo(2);
			awaitFailed(small, SocketErrorCode.REPLY_DROPPED, 1);
			assertThat(small.statistics().requests().get("CANCELLED").count()).isEqualTo(1);
		}
	}

	@Test
	void whenMoreRepliesAreKeptThanAllowedThenTheOldestGoAndAreCounted() throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			RpcPeer rpc = this.endpoints.onlyConnection(this.server).rpc();
			long first = rpc.send("a");
			long second = rpc.send("b");
			peer.send(3, first, "oldest");
			for (int i = 0; i < 1000; i++) {
				peer.send(3, second, i);
			}
			awaitFailed(this.server, SocketErrorCode.REPLY_DROPPED, 1);
			assertThat(rpc.poll(first)).isNull();
			for (int i = 0; i < 1000; i++) {
				assertThat(rpc.poll(second, TestEndpoints.SOON).<Integer>value()).isEqualTo(i);
			}
			assertThat(rpc.poll(second)).isNull();
		}
	}

	@Test
	void whenMoreCodesAreSentThanAreKeptThenTheOldestIsForgottenAndItsRepliesAreCounted() throws IOException {
		TcpServer small = this.endpoints.server("small",
				(connection) -> RpcPair.wire(connection).maxPendingRequests(2));
		try (RpcWire peer = new RpcWire(small)) {
			Connection connection = this.endpoints.onlyConnection(small);
			RpcPeer rpc = connection.rpc();
			long first = rpc.send("a");
			peer.send(3, first, "kept");
			peer.send(3, first, "kept too");
			Awaitility.await().until(() -> connection.getStatistics().messagesReceived() == 2);
			long second = rpc.send("b");
			long third = rpc.send("c");
			awaitFailed(small, SocketErrorCode.REPLY_DROPPED, 2);
			assertThatIllegalArgumentException().isThrownBy(() -> rpc.poll(first));
			peer.send(3, first, "late");
			peer.send(3, second, 2);
			peer.send(3, third, 3);
			assertThat(rpc.poll(second, TestEndpoints.SOON).<Integer>value()).isEqualTo(2);
			assertThat(rpc.poll(third, TestEndpoints.SOON).<Integer>value()).isEqualTo(3);
			awaitFailed(small, SocketErrorCode.REPLY_DROPPED, 3);
		}
	}

	@Test
	void whenACodeIsForgottenThenItsRepliesAreDroppedAndCounted() throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			RpcPeer rpc = this.endpoints.onlyConnection(this.server).rpc();
			long one = rpc.send("a");
			long other = rpc.send("b");
			rpc.forget(one);
			peer.send(3, one, "dropped");
			peer.send(3, other, "kept");
			assertThat(rpc.poll(other, TestEndpoints.SOON).<String>value()).isEqualTo("kept");
			rpc.forgetAll();
			peer.send(3, other, "dropped too");
			awaitFailed(this.server, SocketErrorCode.REPLY_DROPPED, 2);
		}
	}

	@Test
	void whenAMalformedRequestCannotBeAnsweredThenTheConnectionGoesOn() throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			peer.send(1, new byte[64 * 1024 - 8]);
			peer.send(1, 7, "nobody", List.of(), Map.of());
			assertThat(peer.receive().get(1)).isEqualTo(7);
		}
	}

	@Test
	void whenARequestIsMalformedThenTheCallerAndTheApplicationAreTold() throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			peer.send(1, 7);
			assertThat(peer.receive().toString())
				.isEqualTo("[4, 7, TypeError, a message of kind 1 ends after 2 fields, []]");
			peer.send(1, 8, 0.5);
			assertThat(peer.receive().get(1)).isEqualTo(8);
			peer.send(1, 9, 1, "no array");
			assertThat(peer.receive().get(1)).isEqualTo(9);
			peer.send(1, 10, 1, List.of(), "no map");
			assertThat(peer.receive().get(1)).isEqualTo(10);
			peer.send(99, "from the future");
			List<MessageErrorEvent> errors = this.endpoints.awaitEvents(MessageErrorEvent.class, 5);
			assertThat(errors).allMatch((error) -> error.getCode() == SocketErrorCode.MALFORMED_FRAME);
			assertThat(errors.get(4).getCause()).hasMessageContaining("version 1 knows no message of kind 99");
			peer.send(1, 11, 1);
			assertThat(peer.receive().get(2)).isEqualTo("KeyError");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "8401076361626381" + "61ff" + "a0", "8401076361626381" + "fc", "8401076361626381",
			"840107636162639f", "840107" + "61ff" + "80a0", "8301076361626380" + "00", "8401071b00" })
	void whenAnArgumentCannotBeDecodedThenTheCallerAndTheApplicationAreTold(String cbor) throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			peer.sendRaw(HexFormat.of().parseHex(cbor));
			assertThat(peer.receive().toString()).isEqualTo("[4, 7, TypeError, an argument cannot be decoded, []]");
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
				.isEqualTo(SocketErrorCode.CODEC_FAILED);
			assertThat(failed(this.server, SocketErrorCode.CODEC_FAILED)).isEqualTo(1);
			peer.send(1, 8, 1);
			assertThat(peer.receive().get(1)).isEqualTo(8);
		}
	}

	@Test
	void whenAnArgumentOfJsonCannotBeDecodedThenTheCallerIsTold() throws IOException {
		TcpServer json = this.endpoints.server("json", (connection) -> RpcPair.wire(connection).codec(Codecs.json()));
		try (RpcWire peer = new RpcWire(json)) {
			for (String request : List.of("[1, 7, \"abc\", [tru]]", "[1, 7, -1, [1, {\"a\": ]]", "[1, 7, \"abc\", ",
					"[1, 7, 2, []] []", "[1, 7, 2, " + "[".repeat(2000) + "]".repeat(2000) + "]")) {
				peer.sendRaw(request.getBytes(StandardCharsets.UTF_8));
				assertThat(peer.receiveText()).isEqualTo("[4,7,\"TypeError\",\"an argument cannot be decoded\",[]]");
			}
			peer.sendRaw("[1, 8, 1]".getBytes(StandardCharsets.UTF_8));
			assertThat(peer.receiveText()).startsWith("[4,8,\"KeyError\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "07", "8107", "82", "8201", "8401", "840161ff07", "8309076361626361ff", "fc" })
	void whenItCannotBeToldWhatCannotBeDecodedThenTheApplicationIsToldOnly(String cbor) throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			peer.sendRaw(HexFormat.of().parseHex(cbor + "fc"));
			peer.send(1, 8, 1);
			assertThat(peer.receive().get(1)).isEqualTo(8);
			this.endpoints.awaitEvent(MessageErrorEvent.class);
		}
	}

	@Test
	void whenAResultCannotBeDecodedThenWhoWaitsForItKnowsAtOnce() throws IOException {
		try (RpcWire peer = new RpcWire(this.server)) {
			RpcPeer rpc = this.endpoints.onlyConnection(this.server).rpc();
			CompletableFuture<Object> result = rpc.executeAsync("value", Duration.ofMinutes(1));
			peer.sendRaw(HexFormat.of().parseHex("830318%02x61ff".formatted((Integer) peer.receive().get(1))));
			assertThat(result).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(SocketOperationException.class)
				.satisfies((ex) -> assertThat(((SocketOperationException) ex.getCause()).getCode())
					.isEqualTo(SocketErrorCode.CODEC_FAILED));
			long code = rpc.send("value");
			peer.sendRaw(HexFormat.of().parseHex("830318%02x61ff".formatted((Integer) peer.receive().get(1))));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> rpc.poll(code, TestEndpoints.SOON))
				.withMessage("TypeError: the result cannot be decoded");
		}
	}

	@Test
	void whenAResultCannotBeSentThenTheCallerIsToldInstead() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.maxFrameSize(1000));
		pair.server.rpc().bind(1, (request) -> new byte[2000]);
		pair.server.rpc().bind(2, (request) -> Map.of("self", new Unspeakable()));
		for (int opcode = 1; opcode <= 2; opcode++) {
			int each = opcode;
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute(each))
				.withMessage("RuntimeError: the result cannot be sent");
		}
	}

	@Test
	void whenAnErrorCannotBeSentThenTheCallerIsToldItsTypeAtLeast() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.maxFrameSize(1000));
		pair.server.rpc().bind(1, (request) -> {
			throw new IllegalArgumentException("long".repeat(1000));
		});
		pair.server.rpc().bind(2, (request) -> {
			throw new IllegalArgumentException("half a character: \ud800");
		});
		for (int opcode = 1; opcode <= 2; opcode++) {
			int each = opcode;
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute(each))
				.withMessage("ValueError: the message of the error cannot be sent");
		}
	}

	@Test
	void whenARequestCannotBeEncodedThenItFailsAtOnce() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.maxFrameSize(1000));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> pair.fromClient().execute(1, new byte[2000]))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.FRAME_TOO_LARGE));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> pair.fromClient().send(1, new byte[2000]));
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> pair.fromClient().tell(1, new byte[2000]));
	}

	@Test
	void whenAHandlerIsToBlameThenTheApplicationIsToldAndTheConnectionGoesOn() {
		RpcPair pair = new RpcPair(this.endpoints);
		pair.server.rpc().bind(1, (request) -> {
			throw new IllegalStateException("broken");
		});
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute(1))
			.withMessage("RuntimeError: broken");
		assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getCode())
			.isEqualTo(SocketErrorCode.HANDLER_FAILED);
		pair.fromClient().tell(1);
		this.endpoints.awaitEvents(MessageErrorEvent.class, 2);
		assertThat(pair.near.isOpen()).isTrue();
	}

	@Test
	void whenAFaultyHandlerIsToCloseThenItDoesAfterTheAnswer() {
		RpcPair pair = new RpcPair(this.endpoints, (connection) -> connection.onHandlerError(HandlerErrorPolicy.CLOSE));
		pair.server.rpc().bind(1, (request) -> {
			throw new IllegalStateException("broken");
		});
		pair.server.rpc().bind(2, (request) -> {
			throw new IllegalArgumentException("not my fault");
		});
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute(2));
		assertThat(pair.near.isOpen()).isTrue();
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> pair.fromClient().execute(1))
			.withMessage("RuntimeError: broken");
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> !pair.near.isOpen());
	}

	private static void awaitFailed(SocketEndpoint endpoint, SocketErrorCode code, long count) {
		Awaitility.await("dropped replies").atMost(TestEndpoints.SOON).until(() -> failed(endpoint, code) == count);
	}

	private static long failed(SocketEndpoint endpoint, SocketErrorCode code) {
		return endpoint.statistics().messages().failed().getOrDefault(code.name(), 0L);
	}

	/** Jackson cannot read it. */
	public static final class Unspeakable {

		public Object getValue() {
			throw new IllegalStateException("unspeakable");
		}

	}

}

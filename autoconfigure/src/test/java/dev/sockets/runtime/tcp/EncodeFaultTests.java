package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whatever a codec or a framing throws on the way out, and null for a codec that has
 * none: each send fails with a code, an event and a count, and the connection stays.
 * Break B13.
 */
@Timeout(60)
class EncodeFaultTests {

	private static final String BAD = "bad";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@ParameterizedTest
	@EnumSource
	void whenEncodingFailsThenEachKindOfSendFailsByItsCode(Fault fault) {
		TcpServer server = this.endpoints.server((connection) -> connection.codec(fault).framing(fault));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertFails(() -> connection.send(BAD));
			assertFails(connection.sendAsync(BAD));
			assertFails(() -> connection.request(BAD, Duration.ofSeconds(10)));
			assertFails(connection.requestAsync(BAD));
			assertFails(() -> server.broadcast(BAD));
			assertThat(server.statistics().messages().failed().get("CODEC_FAILED")).isEqualTo(4);
			connection.send("good");
			assertThat(peer.readLine()).isEqualTo("good");
		}
	}

	@Test
	void whenAMessageForLaterCannotBeEncodedThenItFailsByItsCode() {
		TcpServer server = this.endpoints.server();
		int port = server.getLocalAddress().getPort();
		server.stop();
		TcpClient client = this.endpoints.newClient("client", port, (settings) -> settings.bufferWhenDisconnected(1000)
			.connection((connection) -> connection.codec(Fault.CODEC_ERROR)));
		client.start();
		assertFails(client.sendAsync(BAD));
	}

	@Test
	void whenNullIsSentByACodecThatHasNoneThenEachKindOfSendSaysSo() {
		TcpServer server = this.endpoints.server((connection) -> connection.codec(Codecs.bytes()));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> connection.send(null))
				.withMessageContaining("cannot send null");
			assertFails(connection.sendAsync(null));
			assertFails(() -> connection.request(null));
			assertFails(connection.requestAsync(null));
			assertFails(() -> server.broadcast(null));
			connection.send(new byte[] { 'a' });
			assertThat(peer.readLine()).isEqualTo("a");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CODEC_ERROR", "FRAMING_ERROR" })
	void whenACodecOfTheApplicationKnowsNoNullThenItIsSaidByName(Fault fault) {
		TcpServer server = this.endpoints.server((connection) -> connection.codec(new Deaf()).framing(fault));
		try (Peer peer = new Peer(server)) {
			Connection connection = this.endpoints.onlyConnection(server);
			assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> connection.send(null))
				.withMessageContaining("cannot encode null");
			assertFails(connection.sendAsync(null));
			connection.send("good");
			assertThat(peer.readLine()).isEqualTo("good");
		}
	}

	@Test
	void whenSomethingElseIsNullThenASentenceSaysWhatIsMissing() {
		TcpServer server = this.endpoints.server();
		TcpClient client = this.endpoints.newClient(server);
		client.start();
		Awaitility.await().until(client::isConnected);
		Connection connection = this.endpoints.onlyConnection(server);
		assertThatIllegalArgumentException().isThrownBy(() -> connection.sendRaw(null)).withMessageContaining("bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> connection.request("what?", (Duration) null))
			.withMessageContaining("time-out");
		assertThat(connection.requestAsync("what?", (Duration) null)).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.withMessageContaining("time-out");
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> client.send(null))
			.withMessageContaining("cannot send null");
		assertFails(client.sendAsync(null));
		assertFails(client.requestAsync(null));
	}

	@Test
	void whenARequestByOpcodeHasNoOpcodeThenASentenceSaysSo() {
		RpcPair pair = new RpcPair(this.endpoints);
		for (RpcPeer peer : List.of(pair.fromClient(), pair.near.rpc())) {
			assertNoOpcode(() -> peer.execute((Object) null));
			assertNoOpcode(() -> peer.send(null));
			assertNoOpcode(() -> peer.tell(null));
			assertNoOpcode(() -> peer.bind(null, (request) -> null));
			assertNoOpcode(() -> peer.unbind(null));
			assertThatIllegalArgumentException().isThrownBy(() -> peer.bind(7, null)).withMessageContaining("handler");
			assertThat(peer.executeAsync((Object) null)).failsWithin(TestEndpoints.SOON)
				.withThrowableThat()
				.withMessageContaining("opcode");
		}
		pair.fromServer().bind(7, (request) -> "here");
		assertThat(pair.far.rpc().<String>executeAsync(8)).failsWithin(TestEndpoints.SOON);
	}

	private static void assertNoOpcode(ThrowingCallable call) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("opcode");
	}

	private static void assertFails(ThrowingCallable send) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(send)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CODEC_FAILED));
	}

	private static void assertFails(CompletableFuture<?> send) {
		assertThat(send).failsWithin(TestEndpoints.SOON)
			.withThrowableThat()
			.havingRootCause()
			.satisfies((failure) -> assertThat(failure).isNotNull());
		assertThat(send.handle((result, failure) -> ((SocketOperationException) unwrap(failure)).getCode()).join())
			.isEqualTo(SocketErrorCode.CODEC_FAILED);
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof SocketOperationException) ? failure : failure.getCause();
	}

	/** Knows text, and trips over null. */
	private static final class Deaf implements Codec {

		@Override
		public byte[] encode(Object payload) {
			return payload.toString().getBytes();
		}

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			return new String(buffer, offset, length);
		}

	}

	/** What a codec or a framing does with one payload. */
	enum Fault implements Codec, Framing {

		CODEC_ERROR, CODEC_EXCEPTION, CODEC_NULL, FRAMING_ERROR, FRAMING_EXCEPTION;

		@Override
		public byte[] encode(Object payload) {
			if (BAD.equals(payload)) {
				switch (this) {
					case CODEC_ERROR -> throw new StackOverflowError("as it was told to");
					case CODEC_EXCEPTION -> throw new IllegalStateException("as it was told to");
					case CODEC_NULL -> {
						return null;
					}
					default -> {
					}
				}
			}
			return String.valueOf(payload).getBytes();
		}

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			return new String(buffer, offset, length);
		}

		@Override
		public boolean next(FrameWindow window) {
			return false;
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			if (BAD.equals(new String(payload))) {
				if (this == FRAMING_ERROR) {
					throw new StackOverflowError("as it was told to");
				}
				if (this == FRAMING_EXCEPTION) {
					throw new IllegalStateException("as it was told to");
				}
			}
			output.write(payload);
			output.write('\n');
		}

	}

}

package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.AcknowledgeSettings;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Endpoints that acknowledge messages, here STX, text, ETX and the exclusive or behind
 * it, with ACK and NAK; and what their peers write and read.
 */
final class Acks {

	static final String ACK = "\6";

	static final String NAK = "\25";

	static final Duration LONG = Duration.ofSeconds(30);

	static final Duration SHORT = Duration.ofMillis(200);

	static final Framing FRAMING = Framings.marked(FrameMarks.of(new byte[] { 2 }, new byte[] { 3 }), new ChecksumRule(
			ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, null, null, true, new byte[0]));

	private Acks() {
	}

	static AcknowledgeSettings settings(Duration timeout, int retries, AcknowledgeAfter after) {
		return new AcknowledgeSettings(new byte[] { 6 }, new byte[] { 0x15 }, timeout, retries, after);
	}

	static Consumer<ConnectionSettings.Builder> acknowledged(Duration timeout, int retries, AcknowledgeAfter after) {
		return (connection) -> connection.framing(FRAMING).acknowledge(settings(timeout, retries, after));
	}

	static TcpServer server(TestEndpoints endpoints, Dispatch dispatch, AcknowledgeAfter after) {
		return endpoints.server((connection) -> acknowledged(LONG, 3, after).accept(connection.dispatch(dispatch)));
	}

	static String frame(String text) {
		int check = 3;
		for (char value : text.toCharArray()) {
			check ^= value;
		}
		return "\2" + text + "\3" + (char) check;
	}

	static Peer send(Peer peer, String bytes) {
		return peer.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
	}

	static void expect(Peer peer, String bytes) {
		assertThat(read(peer, bytes.length())).isEqualTo(bytes);
	}

	static String read(Peer peer, int count) {
		try {
			return new String(peer.in().readNBytes(count), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void expectNothing(Peer peer) {
		peer.timeout(SHORT);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> peer.in().read());
		peer.timeout(LONG);
	}

	static void assertFails(CompletableFuture<?> sent, SocketErrorCode code) {
		assertThat(sent).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(code));
	}

}

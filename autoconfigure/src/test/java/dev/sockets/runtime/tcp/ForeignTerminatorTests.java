package dev.sockets.runtime.tcp;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codecs;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A peer whose messages end otherwise than ours, or that speaks another protocol: what is
 * wrong is told, with its bytes and what to change.
 */
@Timeout(120)
class ForeignTerminatorTests {

	private static final String CR_HINT = "there is a CR but no LF: try framing: delimiter with "
			+ "framing-options.delimiter: '\\r'";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@AutoClose
	private final LogLines log = new LogLines(EndpointEvents.class.getName());

	@Test
	void whenMessagesEndWithCrThenTheFrameDeadlineTellsSo() {
		TcpServer server = this.endpoints.server((connection) -> connection.frameTimeout(Duration.ofMillis(200)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("ABC\r".getBytes());
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(end.getReason()).isEqualTo(DisconnectReason.FRAME_TIMEOUT);
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getCode()).isEqualTo(SocketErrorCode.INCOMPLETE_FRAME);
			assertThat(error.getFirstBytes()).isEqualTo("41 42 43 0d");
			assertThat(error.getPayload()).isNull();
			assertThat(error.getCause()).hasMessageContaining("frame-timeout").hasMessageEndingWith("; " + CR_HINT);
			assertThat(end.getCause()).isSameAs(error.getCause());
			assertThat(this.endpoints.eventNames(end.getConnection())).containsExactly("Connected", "MessageError",
					"Disconnected");
			assertThat(server.statistics().messages().failed()).containsEntry(SocketErrorCode.INCOMPLETE_FRAME.name(),
					1L);
			assertThat(server.recentFailures()).singleElement()
				.satisfies((failure) -> assertThat(failure.message()).endsWith(CR_HINT));
			assertThat(this.log.all()).singleElement()
				.satisfies((line) -> assertThat(line).startsWith("WARN Connection ").contains("41 42 43 0d", CR_HINT));
		}
	}

	@Test
	void whenTheConnectionEndsWithinAMessageThenThatIsToldAfterTheMessagesBeforeIt() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("one\ntwo\rthree\r".getBytes()).finish();
			assertThat(peer.readLine()).isEqualTo("one");
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(end.getReason()).isEqualTo(DisconnectReason.TRUNCATED);
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getFirstBytes()).isEqualTo("74 77 6f 0d 74 68 72 65 65 0d");
			assertThat(error.getCause()).hasMessageContaining("when the peer ended the connection")
				.hasMessageEndingWith(CR_HINT);
			assertThat(end.getCause()).isSameAs(error.getCause());
		}
	}

	@Test
	void whenNothingIsBegunThenNothingIsTold() {
		TcpServer server = this.endpoints.server();
		try (Peer peer = new Peer(server)) {
			assertThat(peer.ask("one")).isEqualTo("one");
		}
		assertThat(this.endpoints.awaitEvent(DisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.REMOTE);
		assertThat(this.endpoints.events(MessageErrorEvent.class)).isEmpty();
		assertThat(this.log.all()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "crlf | ABC\\n | INCOMPLETE_FRAME | no CR: try framing: line",
			"nul | ABC\\r\\n | INCOMPLETE_FRAME | CR and LF: try framing: line",
			"line | ABC\\0 | INCOMPLETE_FRAME | a zero byte but no LF: try framing: nul",
			"line | \\x00\\x00\\x00\\x03ABC | INCOMPLETE_FRAME | lengths in 4 bytes: try framing: length4",
			"line | \\x03\\x00ABC\\x01\\x00D | INCOMPLETE_FRAME | try framing: length2 with framing-options.byte-order",
			"line | \\x02ABC\\x03 | INCOMPLETE_FRAME | try framing: stx-etx",
			"line | \\x0BMSH^~\\x1C\\r | INCOMPLETE_FRAME | try profile: mllp",
			"length4 | hello\\r\\n | FRAME_TOO_LARGE | CR and LF: try framing: line",
			"length4 | hello | FRAME_TOO_LARGE | this looks like text, which does not say its length",
			"length2 | hello\\r | INCOMPLETE_FRAME | there is a CR but no LF",
			"length4 | GET / HTTP/1.1\\r\\n | FRAME_TOO_LARGE | this looks like HTTP",
			"length4 | \\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03 | FRAME_TOO_LARGE | this looks like TLS",
			"length2 | \\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03 | INCOMPLETE_FRAME | set ssl.bundle",
			"line | \\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03 | INCOMPLETE_FRAME | this looks like TLS",
			"line | \\x16\\x03\\x01\\x02\\xFF\\n | CODEC_FAILED | this looks like TLS",
			"json | hello | MALFORMED_FRAME | check that the peer uses the same framing",
			"json | hello\\r\\n | MALFORMED_FRAME | CR and LF: try framing: line" })
	void whenAPeerSpeaksOtherwiseThenAHintSaysHow(String framing, String bytes, SocketErrorCode code, String hint) {
		TcpServer server = this.endpoints.server((connection) -> connection.framing(framing(framing))
			.codec(Codecs.text(StandardCharsets.UTF_8))
			.frameTimeout(Duration.ofMillis(200)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(bytes(bytes));
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getCode()).isEqualTo(code);
			assertThat(error.getCause()).hasMessageContaining(hint);
			assertThat(error.getFirstBytes()).isNotEmpty();
		}
	}

	@Test
	void whenAnAnswerHasNoEndThenTheClientIsTold() {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(), (settings) -> {
			});
			client.start();
			try (Peer peer = backend.accept()) {
				Awaitility.await().atMost(TestEndpoints.SOON).until(client::isConnected);
				peer.sendRaw("OK\r".getBytes());
				Awaitility.await().until(() -> client.status().bytesReceived() == 3);
				CompletableFuture<String> answer = client.requestAsync("status", Duration.ofMillis(500));
				assertThat(answer).failsWithin(TestEndpoints.SOON);
				MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
				assertThat(error.getCause()).hasMessageContaining("(REQUEST_TIMEOUT)").hasMessageEndingWith(CR_HINT);
			}
		}
	}

	@Test
	void whenTheServerEndsWithinItsAnswerThenWhoWaitsIsToldWhy() {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(), (settings) -> {
			});
			client.start();
			try (Peer peer = backend.accept()) {
				Awaitility.await().atMost(TestEndpoints.SOON).until(client::isConnected);
				CompletableFuture<String> answer = client.requestAsync("status");
				assertThat(peer.readLine()).isEqualTo("status");
				peer.sendRaw("OK\r".getBytes()).finish();
				Throwable failure = catchThrowableOfType(Exception.class, answer::get).getCause();
				assertThat(failure).isInstanceOf(SocketOperationException.class)
					.hasRootCauseInstanceOf(SocketOperationException.class)
					.rootCause()
					.hasMessageEndingWith(CR_HINT);
			}
		}
	}

	@Test
	void whenManyPeersDoSoThenThereAreAFewWarnings() {
		TcpServer server = this.endpoints.server();
		for (int i = 0; i < 50; i++) {
			try (Peer peer = new Peer(server)) {
				peer.sendRaw("ABC\r\u001b[31m\r".getBytes());
			}
		}
		this.endpoints.awaitEvents(DisconnectedEvent.class, 50);
		assertThat(this.endpoints.events(MessageErrorEvent.class)).hasSize(50);
		assertThat(this.log.all()).filteredOn((line) -> line.contains("41 42 43 0d")).hasSizeBetween(1, 30);
		assertThat(this.log.all()).noneMatch((line) -> line.contains("\u001b"));
	}

	private static Framing framing(String name) {
		return switch (name) {
			case "line" -> Framings.line();
			case "crlf" -> Framings.crlf();
			case "nul" -> Framings.nul();
			case "json" -> Framings.jsonStream();
			default -> Framings.lengthPrefixed(Integer.parseInt(name.substring(6)), ByteOrder.BIG_ENDIAN, false);
		};
	}

	private static byte[] bytes(String escaped) {
		List<String> parts = List.of(escaped.split("(?=\\\\)"));
		StringBuilder text = new StringBuilder();
		for (String part : parts) {
			if (part.startsWith("\\x")) {
				text.append((char) Integer.parseInt(part.substring(2, 4), 16)).append(part.substring(4));
			}
			else if (part.startsWith("\\")) {
				text.append(switch (part.charAt(1)) {
					case 'n' -> '\n';
					case 'r' -> '\r';
					default -> '\0';
				}).append(part.substring(2));
			}
			else {
				text.append(part);
			}
		}
		return text.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}

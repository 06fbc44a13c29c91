package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.HandlerErrorPolicy;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A peer whose bytes begin no message of a framing that skips such bytes: it is told
 * once, and the connection goes on, as messages may yet come.
 */
@Timeout(120)
class UnmarkedBytesTests {

	private static final String LINE_HINT = "there are CR and LF: try framing: line";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints().echo();

	@AutoClose
	private final LogLines log = new LogLines(EndpointEvents.class.getName());

	@ParameterizedTest
	@EnumSource
	void whenNoMessageBeginsThenThatIsToldOnceAndTheConnectionGoesOn(Dispatch dispatch) {
		TcpServer server = this.endpoints.server((connection) -> connection.framing(Framings.stxEtx())
			.dispatch(dispatch)
			.onHandlerError(HandlerErrorPolicy.CLOSE)
			.frameTimeout(Duration.ofMillis(200)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("ABC\r\n".getBytes());
			MessageErrorEvent error = this.endpoints.awaitEvent(MessageErrorEvent.class);
			assertThat(error.getCode()).isEqualTo(SocketErrorCode.MALFORMED_FRAME);
			assertThat(error.getFirstBytes()).isEqualTo("41 42 43 0d 0a");
			assertThat(error.getCause()).hasMessageContaining("(stx-etx) has skipped all bytes")
				.hasMessageEndingWith("; " + LINE_HINT);
			Connection connection = this.endpoints.onlyConnection(server);
			for (int i = 0; i < 5; i++) {
				peer.sendRaw("more\r\n".getBytes());
				TestEndpoints.block(100);
			}
			peer.sendRaw("\02yes\03".getBytes());
			assertThat(read(peer, 5)).isEqualTo("\02yes\03");
			assertThat(this.endpoints.eventNames(connection)).containsExactly("Connected", "MessageError");
			assertThat(server.statistics().messages().failed()).containsEntry(SocketErrorCode.MALFORMED_FRAME.name(),
					1L);
			assertThat(this.log.all()).singleElement()
				.satisfies((line) -> assertThat(line).startsWith("WARN Connection ").contains(LINE_HINT));
		}
	}

	private static String read(Peer peer, int count) {
		try {
			return new String(peer.in().readNBytes(count));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "stx-etx | hello\\n | an LF but no CR: try framing: line",
					"marked | \\02x\\03 | try framing: stx-etx", "dle | \\0\\0\\0\\03ABC | try framing: length4",
					"stx-etx | GET / HTTP/1.1\\r\\n | this looks like HTTP" })
	void whenThePeerEndsBeforeAMessageHasBegunThenThatIsToldBeforeItsEnd(String framing, String bytes, String hint) {
		TcpServer server = this.endpoints.server((connection) -> connection.framing(framing(framing)));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(bytes.translateEscapes().getBytes()).finish();
			DisconnectedEvent end = this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(end.getReason()).isEqualTo(DisconnectReason.REMOTE);
			assertThat(this.endpoints.eventNames(end.getConnection())).containsExactly("Connected", "MessageError",
					"Disconnected");
			assertThat(this.endpoints.events(MessageErrorEvent.class)).singleElement()
				.satisfies((error) -> assertThat(error.getCause()).hasMessageContaining(hint));
		}
	}

	@Test
	void whenMoreIsSkippedThanAMessageMayHaveThenItIsToldAtOnce() {
		TcpServer server = this.endpoints
			.server((connection) -> connection.framing(Framings.stxEtx()).frameTimeout(null).maxFrameSize(1_000));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("x".repeat(5_000).getBytes());
			assertThat(this.endpoints.awaitEvent(MessageErrorEvent.class).getFirstBytes()).startsWith("78 78");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "\\06\\r\\n \\025\\0 | no", "noise\\02first\\03 | no", "\\02first\\03noise | no", "noise | yes" })
	void whenWhatIsSkippedMayStandBetweenMessagesThenNothingIsTold(String bytes, String told) {
		TcpServer server = this.endpoints.server((connection) -> connection.framing(Framings.stxEtx()));
		try (Peer peer = new Peer(server)) {
			peer.sendRaw(bytes.translateEscapes().getBytes()).finish();
			this.endpoints.awaitEvent(DisconnectedEvent.class);
			assertThat(this.endpoints.events(MessageErrorEvent.class)).hasSize(told.equals("yes") ? 1 : 0);
		}
	}

	@Test
	void whenAnAnswerIsNoMessageThenWhoWaitsForItIsTold() {
		try (Backend backend = new Backend()) {
			TcpClient client = this.endpoints.newClient("client", backend.port(),
					(settings) -> settings.connection((connection) -> connection.framing(Framings.stxEtx())));
			client.start();
			CompletableFuture<String> answer;
			try (Peer peer = backend.accept()) {
				Awaitility.await().until(client::isConnected);
				answer = client.requestAsync("status");
				assertThat(read(peer, 8)).isEqualTo("\02status\03");
				peer.sendRaw("OK\r\n".getBytes());
			}
			SocketOperationException failure = catchThrowableOfType(SocketOperationException.class, () -> join(answer));
			assertThat(failure).hasStackTraceContaining(LINE_HINT);
		}
	}

	private static void join(CompletableFuture<String> answer) throws Exception {
		try {
			answer.get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (Exception) ex.getCause();
		}
	}

	private static Framing framing(String name) {
		return switch (name) {
			case "stx-etx" -> Framings.stxEtx();
			case "marked" -> Framings.marked(FrameMarks.of(new byte[] { '$' }, new byte[] { '\n' }));
			default -> Framings.dle();
		};
	}

}

package dev.sockets.runtime.tcp;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.sockets.EventKind;
import dev.sockets.PrintableText;
import dev.sockets.SocketErrorCode;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Unspeakable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers cannot fill the log, nor write lines of their own in it. Break B7.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class LogFloodTests {

	/** What would look like a line of ours, in all the ways to begin one. */
	private static final String FORGED = "x\u001b[31m\r\n2026-01-01 ERROR forged\u0085forged\u2028forged\u2029forged";

	private static final String UNREADABLE = "cannot decode a frame of 1 bytes";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	@Test
	void whenAPeerSendsTwoBytesThatAreNoPayloadThenItIsOneLine(CapturedOutput output) {
		TcpServer server = serve(Codecs.json(), (settings) -> {
		});
		int before = output.getAll().length();
		try (Peer peer = new Peer(server)) {
			peer.send("{");
			awaitLine(output, before, UNREADABLE);
			server.stop();
			assertThat(lines(output, before)).filteredOn((line) -> !line.contains("has stopped")).hasSize(1);
		}
	}

	@Test
	void whenAPeerSendsManyThenThereAreAFewLinesAndTheNumberOfTheOthers(CapturedOutput output) {
		TcpServer server = serve(Codecs.json(), (settings) -> {
		});
		int before = output.getAll().length();
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("{\n".repeat(2003).getBytes());
			awaitFailures(server, SocketErrorCode.CODEC_FAILED, 2003);
			server.stop();
			awaitLine(output, before, "has stopped");
			assertThat(told(output, before, UNREADABLE) + more(output, before)).isEqualTo(2003);
			assertThat(lines(output, before)).hasSizeLessThan(10);
		}
	}

	@Test
	void whenTheEndpointGoesOnThenTheNumberIsToldAfterAWhile(CapturedOutput output) {
		TcpServer server = serve(Codecs.json(), (settings) -> {
		});
		int before = output.getAll().length();
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("{\n".repeat(1003).getBytes());
			awaitFailures(server, SocketErrorCode.CODEC_FAILED, 1003);
			Awaitility.await()
				.atMost(TestEndpoints.SOON)
				.untilAsserted(
						() -> assertThat(told(output, before, UNREADABLE) + more(output, before)).isEqualTo(1003));
			assertThat(told(output, before, UNREADABLE)).isLessThan(10);
		}
	}

	@Test
	void whenHandlersFailManyTimesThenThereIsOneStackTrace(CapturedOutput output) {
		this.endpoints.onMessage((message) -> {
			throw new IllegalStateException("as it was told to");
		});
		TcpServer server = serve(Codecs.text(StandardCharsets.UTF_8), (settings) -> {
		});
		int before = output.getAll().length();
		try (Peer peer = new Peer(server)) {
			peer.sendRaw("fail\n".repeat(500).getBytes());
			awaitFailures(server, SocketErrorCode.HANDLER_FAILED, 500);
			server.stop();
			assertThat(
					lines(output, before).filter((line) -> line.startsWith("java.lang.IllegalStateException")).count())
				.isEqualTo(1);
		}
	}

	@Test
	void whenListenersOfConnectionsFailThenThereAreAFewLines(CapturedOutput output) {
		this.endpoints.onEvent((event) -> {
			if (event instanceof ConnectedEvent) {
				throw new IllegalStateException("as it was told to");
			}
		});
		TcpServer server = this.endpoints.server();
		int before = output.getAll().length();
		for (int i = 0; i < 50; i++) {
			new Peer(server).close();
		}
		Awaitility.await().atMost(TestEndpoints.SOON).until(() -> server.statistics().connections().opened() == 50);
		server.stop();
		assertThat(told(output, before, "A listener of") + more(output, before)).isEqualTo(50);
		assertThat(told(output, before, "A listener of")).isBetween(3L, 9L);
		assertThat(lines(output, before)).filteredOn((line) -> line.startsWith("java.lang.IllegalStateException"))
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAFailureQuotesAPeerThenWhatItQuotesIsEscaped(boolean handler, CapturedOutput output) {
		Supplier<RuntimeException> failure = () -> new IllegalStateException(FORGED,
				new IllegalArgumentException(FORGED));
		this.endpoints.onMessage((message) -> {
			throw failure.get();
		});
		TcpServer server = serve(handler ? Codecs.text(StandardCharsets.UTF_8) : new Refusing(failure), (settings) -> {
		});
		int before = output.getAll().length();
		try (Peer peer = new Peer(server)) {
			peer.send("hello");
			awaitLine(output, before, "forged\\u0085forged\\u2028forged");
			server.stop();
		}
		assertThat(output.getAll().substring(before)).doesNotContain("\u001b[31m", "\r\n2026", "\u0085", "\u2028",
				"\u2029");
		assertThat(lines(output, before)).noneMatch((line) -> line.startsWith("2026-01-01 ERROR"));
		assertThat(server.recentFailures())
			.allSatisfy((known) -> assertThat(PrintableText.isPrintable(known.message())).isTrue());
	}

	@Test
	void whenAFailureIsNastyThenTheLineIsThereAllTheSame(CapturedOutput output) {
		TcpServer server = serve(new Refusing(Unspeakable::new), (settings) -> {
		});
		int before = output.getAll().length();
		try (Peer peer = new Peer(server)) {
			peer.send("hello");
			awaitLine(output, before, "cannot decode a frame of 5 bytes");
		}
	}

	/** Nobody listens to errors, so they are logged. */
	private TcpServer serve(Codec codec, Consumer<TcpServerSettings.Builder> more) {
		return this.endpoints.serve((settings) -> {
			settings.connection(
					(connection) -> connection.codec(codec).events(EnumSet.complementOf(EnumSet.of(EventKind.ERROR))));
			more.accept(settings);
		});
	}

	private static void awaitFailures(TcpServer server, SocketErrorCode code, long count) {
		Awaitility.await()
			.atMost(TestEndpoints.SOON)
			.untilAsserted(() -> assertThat(server.statistics().messages().failed()).containsEntry(code.name(), count));
	}

	private static void awaitLine(CapturedOutput output, int before, String text) {
		Awaitility.await()
			.atMost(TestEndpoints.SOON)
			.untilAsserted(() -> assertThat(output.getAll().substring(before)).contains(text));
	}

	/** Some again when the machine takes longer than the period of the others. */
	private static long told(CapturedOutput output, int before, String text) {
		return lines(output, before).filter((line) -> line.contains(text)).count();
	}

	private static long more(CapturedOutput output, int before) {
		return lines(output, before).filter((line) -> line.contains("'server': ... and ") && line.contains(" more ("))
			.mapToLong((line) -> Long
				.parseLong(line.replaceAll(".*\\.\\.\\. and ([0-9,]+) more.*", "$1").replace(",", "")))
			.sum();
	}

	private static Stream<String> lines(CapturedOutput output, int before) {
		return output.getAll().substring(before).lines();
	}

	/** Decodes nothing. */
	private record Refusing(Supplier<RuntimeException> failure) implements Codec {

		@Override
		public byte[] encode(Object payload) {
			return new byte[0];
		}

		@Override
		public Object decode(byte[] buffer, int offset, int length) {
			throw this.failure.get();
		}

	}

}

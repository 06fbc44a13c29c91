package dev.sockets.framing;

import java.util.Arrays;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Framings#pickleStream()}.
 */
class PickleStreamFramingTests {

	private static final int LIMIT = 16;

	private final Framing framing = Framings.pickleStream();

	private final TestConnection connection = new TestConnection(this.framing, LIMIT);

	@Test
	void whenPicklesFollowEachOtherThenNothingIsBetweenThem() {
		assertThat(this.connection.receive("N.I1\n.\u0080\u0004").receive("N.(").texts()).containsExactly("N.", "I1\n.",
				"\u0080\u0004N.");
		assertThat(this.connection.unconsumed()).isEqualTo(1);
		assertThat(TestBytes.encode(this.framing, "N.")).isEqualTo("N.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "K..", "M...", "J.....", "h..", "q..", "r.....", "j.....", "\u0080..", "\u0082..",
			"\u0083...", "\u0084.....", "G.........", "\u0095.........", "U\1..", "C\2...", "\u008c\2...", "\u008a\1..",
			"B\2\0\0\0...", "X\1\0\0\0..", "T\1\0\0\0..", "\u008b\1\0\0\0..", "\u008d\1\0\0\0\0\0\0\0..",
			"\u008e\1\0\0\0\0\0\0\0..", "\u0096\1\0\0\0\0\0\0\0..", "F.\n.", "I.\n.", "L.\n.", "S'.'\n.", "V.\n.",
			"g.\n.", "p.\n.", "P.\n.", "c.\n.\n.", "i.\n.\n.", "U\0.", "B\0\0\0\0." })
	void whenArgumentContainsStopThenItIsNotTheEnd(String pickle) {
		assertThat(this.connection.receive(pickle + pickle).texts()).containsExactly(pickle, pickle);
		for (byte value : TestBytes.of(pickle)) {
			this.connection.receive(value);
		}
		assertThat(this.connection.texts()).hasSize(3);
		assertThat(this.connection.unconsumed()).isZero();
		assertThat(TestBytes.encode(this.framing, pickle)).isEqualTo(pickle);
	}

	@Test
	void whenPickleIsOfTheLimitThenItIsAcceptedAndOneMoreIsRefused() {
		String longest = "U" + (char) (LIMIT - 3) + "x".repeat(LIMIT - 3) + ".";
		assertThat(this.connection.receive(longest).texts()).containsExactly(longest);
		assertThat(this.connection.receive("N".repeat(LIMIT)).texts()).hasSize(1);
		assertTooLarge(() -> this.connection.receive("."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "U\u000e", "B\u00ff\u00ff\u00ff\u007f", "B\u00ff\u00ff\u00ff\u00ff",
			"T\u00ff\u00ff\u00ff\u00ff", "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
			"\u008e\0\0\0\0\0\0\0\u0040", "\u0096\n\0\0\0\0\0\0\0"

	})

	void whenLengthIsMoreThanTheLimitThenItIsRefusedBeforeItsBytesArrive(String start) {
		assertTooLarge(() -> this.connection.receive(start)).withMessageContaining("a pickle with a value of ");
	}

	@Test
	void whenFrameIsLongThenItsLengthMeansNothing() {
		assertThat(this.connection.receive("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffN.").texts())
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\0", "\n", " ", "x", "{", "\u00ff", "\u0099", "\u007f" })
	void whenOpcodeIsUnknownThenItIsMalformed(String bytes) {
		assertMalformed(() -> this.connection.receive("N." + bytes)).withMessageStartingWith("Framing stream received");
		assertThat(this.connection.texts()).containsExactly("N.");
	}

	@Test
	void whenBytesWereScannedThenTheyAreNotLookedAtAgain() {
		byte[] frame = TestBytes.of("(((U\u0003abc....");
		FrameWindow window = new FrameWindow();
		for (int length = 1; length <= 8; length++) {
			byte[] received = Arrays.copyOf(frame, length);
			int scanned = window.scanned();
			Arrays.fill(received, 0, scanned, (byte) 0xff);
			long state = window.state();
			window.reset(received, 0, length, scanned, LIMIT);
			window.state(state);
			assertThat(this.framing.next(window)).isFalse();
			assertThat(window.scanned()).isBetween(length - 1, length);
		}
	}

	@Test
	void whenValueIsLargeThenEachReadIsLookedAtOnce() {
		int size = 64 * 1024;
		TestConnection connection = new TestConnection(this.framing, size);
		connection.receive("B\u00f0\u00ff\0\0");
		for (int at = 5; at + 256 < size; at += 256) {
			connection.receive(TestBytes.repeat('.', 256));
			assertThat(connection.scanned()).isEqualTo(connection.unconsumed()).isEqualTo(at + 256);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "N", "N.N.", "N. ", "x", "U\5.", "B\u00ff\u00ff\u00ff\u00ff." })
	void whenPayloadIsNotOnePickleThenItIsRefused(String payload) {
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> TestBytes.encode(this.framing, payload))
			.withMessageStartingWith("Framing stream cannot send a payload that is not one pickle: ")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(SocketErrorCode.MALFORMED_FRAME));
	}

}

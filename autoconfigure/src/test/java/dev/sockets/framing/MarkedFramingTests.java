package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sockets.InvalidSettingException;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#marked(FrameMarks)} and {@link Framings#stxEtx()}.
 */
class MarkedFramingTests {

	private static final byte[] STX = { 2 };

	private static final byte[] ETX = { 3 };

	private final TestConnection connection = new TestConnection(Framings.stxEtx(), 4);

	@Test
	void framesLieBetweenStxAndEtx() {
		assertThat(this.connection.receive("\2ab\3\2\3\2a\1b\3\2").texts()).containsExactly("ab", "", "a\1b");
		assertThat(TestBytes.encode(Framings.stxEtx(), "ab")).isEqualTo("\2ab\3");
	}

	@Test
	void lineEndsAcknowledgementsAndNoiseBetweenFramesAreSkipped() {
		assertThat(this.connection.receive("\r\n\2ab\3\r\n\6\2cd\3 \2").receive("ef\3noise").texts())
			.containsExactly("ab", "cd", "ef");
		assertThat(this.connection.unconsumed()).isZero();
	}

	@Test
	void noiseIsNotKeptAndHasNoLimit() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.connection.receive("noise and more noise").unconsumed()).isZero();
		}
		assertThat(this.connection.receive("\2ab\3").texts()).containsExactly("ab");
	}

	@Test
	void bytesBetweenFramesAreMalformedWhenTheyAreAnError() {
		TestConnection strict = new TestConnection(
				Framings.marked(new FrameMarks(List.of(STX), List.of(ETX), false, false)), 4);
		assertMalformed(() -> strict.receive("\2ab\3\n\2c\3")).withMessageStartingWith("Framing marked 02 to 03 ")
			.withMessageEndingWith("(maximum frame size 4 bytes, first bytes 0a 02 63 03)");
		assertThat(strict.texts()).containsExactly("ab");
	}

	@Test
	void marksAreKeptWhenTheyAreToBe() {
		Framing framing = Framings.marked(new FrameMarks(List.of(STX), List.of(ETX, new byte[] { 0x17 }), true, true));
		assertThat(new TestConnection(framing, 8).receive("\2ab\3\2cd\27").texts()).containsExactly("\2ab\3",
				"\2cd\27");
		assertThat(TestBytes.encode(framing, "ab")).isEqualTo("\2ab\3");
		assertThat(TestBytes.encode(framing, "\2ab\27")).isEqualTo("\2ab\27");
		assertMalformed(() -> TestBytes.encode(framing, "\2a\3b\3"));
		TestConnection small = new TestConnection(framing, 4).receive("\2ab\3");
		assertTooLarge(() -> small.receive("\2abc\3"));
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		assertThat(this.connection.receive("\0021234\3").receive("\0021234").receive("\3").texts()).hasSize(2);
		assertTooLarge(() -> this.connection.receive("\00212345\3"));
	}

	@Test
	void oneByteOverTheLimitIsRefusedBeforeEtxArrives() {
		this.connection.receive("\0021234");
		assertTooLarge(() -> this.connection.receive("5"));
	}

	@Test
	void startOfTheEndIsNotCountedUntilItTurnsOutToBeData() {
		TestConnection mllp = new TestConnection(
				Framings.marked(FrameMarks.of(TestBytes.of("\13"), TestBytes.of("\34\r"))), 4)
			.receive("\0131234\34");
		assertTooLarge(() -> mllp.receive("x"));
	}

	@Test
	void payloadWithAMarkIsRefused() {
		assertMalformed(() -> TestBytes.encode(Framings.stxEtx(), "a\3b")).withMessageContaining("at index 1");
		assertMalformed(() -> TestBytes.encode(Framings.stxEtx(), "a\2")).withMessageContaining("at index 1");
		Framing mllp = Framings.marked(FrameMarks.of(TestBytes.of("\13"), TestBytes.of("aa")));
		assertMalformed(() -> TestBytes.encode(mllp, "xa")).withMessageContaining("at index 1");
	}

	@Test
	void marksThatBeginWithOneAnotherAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FrameMarks(List.of(STX), List.of(ETX, new byte[] { 3, 4 }), true, false));
	}

	@Test
	void checksumBehindTheEndCoversItAndABadOneIsOneRejectedFrame() {
		Framing framing = Framings.marked(FrameMarks.of(STX, ETX), behindEnd(null));
		String frame = TestBytes.encode(framing, "ABC");
		assertThat(frame).isEqualTo("\2ABC\3" + (char) ('A' ^ 'B' ^ 'C' ^ 3));
		TestConnection connection = new TestConnection(framing, 4).receive(frame + "\2ABC\3x" + "\2ABC\3")
			.receive(frame.substring(5))
			.receive(frame);
		assertThat(connection.texts()).containsExactly("ABC", "ABC", "ABC");
		assertThat(connection.rejected()).containsExactly("\2ABC\3x");
	}

	@ParameterizedTest
	@CsvSource({ "false, ABC, ABC", "true, '\2ABC\3C', '\1\1\2ABC\3C'" })
	void whenMarksAtTheStartHaveOtherLengthsThenTheChecksumCoversNoneOfThem(boolean kept, String first, String second) {
		byte[] longer = TestBytes.of(1, 1, 2);
		FrameMarks marks = new FrameMarks(List.of(STX, longer), List.of(ETX), true, kept);
		Framing framing = Framings.marked(marks, behindEnd(null));
		String frame = TestBytes.encode(framing, "ABC");
		assertThat(frame).isEqualTo("\2ABC\3C");
		TestConnection connection = new TestConnection(framing, 9).receive(frame + "\1\1" + frame);
		assertThat(connection.texts()).containsExactly(first, second);
		assertThat(connection.rejected()).isEmpty();
		TestConnection bytewise = new TestConnection(framing, 9);
		("\1\1" + frame).chars().forEach(bytewise::receive);
		assertThat(bytewise.texts()).containsExactly(second);
		assertThat(connection.receive("\1\1\2ABC\3@\2").rejected()).containsExactly("\1\1\2ABC\3@");
		if (kept) {
			assertThat(TestBytes.encode(framing, second)).isEqualTo(second);
		}
	}

	@Test
	void whenAChecksumWouldCoverNothingBehindOneOfTheMarksThenItIsRefused() {
		FrameMarks marks = new FrameMarks(List.of(STX, TestBytes.of(1, 1, 2)), List.of(ETX), true, false);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> Framings.marked(marks, behindEnd(2)))
			.withMessageStartingWith("'checksum.to' is '2' but must be behind checksum.from");
	}

	private static ChecksumRule behindEnd(@Nullable Integer to) {
		return new ChecksumRule(ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, to, null, true,
				new byte[0]);
	}

}

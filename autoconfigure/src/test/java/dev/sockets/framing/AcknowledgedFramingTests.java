package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.InvalidSettingException;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Framings#acknowledged}.
 */
class AcknowledgedFramingTests {

	private static final byte[] ACK = { 6 };

	private static final byte[] NAK = { 0x15 };

	private final AcknowledgedFraming framing = Framings.acknowledged(Framings.stxEtx(), ACK, NAK);

	private final TestConnection connection = new TestConnection(this.framing, 4);

	@Test
	void whatStandsBetweenFramesIsAnAcknowledgementAndWhatIsInThemIsNot() {
		assertThat(this.connection.receive("\6\2a\6\3\25\6\2\25\3").texts()).containsExactly("\6", "a\6", "\25", "\6",
				"\25");
	}

	@Test
	void acknowledgementsAreToldFromFramesOfTheSameContent() {
		this.connection.receive("\6");
		assertThat(this.framing.isAck(this.connection.window())).isTrue();
		assertThat(this.framing.isNak(this.connection.window())).isFalse();
		this.connection.receive("\25");
		assertThat(this.framing.isAck(this.connection.window())).isFalse();
		assertThat(this.framing.isNak(this.connection.window())).isTrue();
		this.connection.receive("\2\6\3");
		assertThat(this.framing.isAck(this.connection.window())).isFalse();
		assertThat(this.framing.isNak(this.connection.window())).isFalse();
	}

	@Test
	void noiseAroundAcknowledgementsIsSkippedWhereNoiseIs() {
		assertThat(this.connection.receive("\r\n\6\r\nnoise\2ab\3 \25\n").texts()).containsExactly("\6", "ab", "\25");
		assertThat(this.connection.unconsumed()).isZero();
	}

	static Stream<String> streams() {
		return Stream.of("\13\6\34\r|\13a\34b\34\r|\13\25\34\r|\13\6\34\r|\13\34\r",
				"\13ab\34\r|\13\25\34\r|\13ab\34\r");
	}

	@ParameterizedTest
	@MethodSource("streams")
	void everySplitPointGivesTheSameFramesAndAcknowledgements(String parts) {
		AcknowledgedFraming mllp = Framings.acknowledged(
				Framings.marked(FrameMarks.of(TestBytes.of("\13"), TestBytes.of("\34\r"))), TestBytes.of("\13\6\34\r"),
				TestBytes.of("\13\25\34\r"));
		byte[] stream = TestBytes.of(parts.replace("|", "\n"));
		String[] expected = Arrays.stream(parts.split("\\|"))
			.map((part) -> (part.equals("\13\6\34\r") || part.equals("\13\25\34\r")) ? part
					: part.substring(1, part.length() - 2))
			.toArray(String[]::new);
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				TestConnection split = new TestConnection(mllp, 8).receive(Arrays.copyOf(stream, first))
					.receive(Arrays.copyOfRange(stream, first, second))
					.receive(Arrays.copyOfRange(stream, second, stream.length));
				assertThat(split.texts()).containsExactly(expected);
				assertThat(split.unconsumed()).isZero();
			}
		}
	}

	@Test
	void linesHaveThemToo() {
		AcknowledgedFraming lines = Framings.acknowledged(Framings.crlf(), TestBytes.of("OK\r\n"), null);
		TestConnection connection = new TestConnection(lines, 8).receive("OK\r\na\r\nO")
			.receive("K")
			.receive("\r\nOK1\r\n");
		assertThat(connection.texts()).containsExactly("OK\r\n", "a", "OK\r\n", "OK1");
		assertThat(TestBytes.encode(lines, "OK1")).isEqualTo("OK1\r\n");
		assertMalformed(() -> TestBytes.encode(lines, "OK"))
			.withMessageContaining("would be taken for an acknowledgement");
	}

	@Test
	void framesAreChecked() {
		Framing checked = Framings.marked(FrameMarks.of(new byte[] { 2 }, new byte[] { 3 }), new ChecksumRule(
				ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, null, null, true, new byte[0]));
		TestConnection connection = new TestConnection(Framings.acknowledged(checked, ACK, NAK), 4)
			.receive("\2ABC\3C\r\6\2ABC\3D\25\2A\3B");
		assertThat(connection.texts()).containsExactly("ABC", "\6", "\25", "A");
		assertThat(connection.rejected()).hasSize(1);
	}

	@Test
	void limitIsThatOfTheFraming() {
		assertThat(this.connection.receive("\0021234\3\6").texts()).containsExactly("1234", "\6");
		assertTooLarge(() -> this.connection.receive("\00212345"));
		assertThat(this.framing.maxBytes(4)).isEqualTo(Framings.stxEtx().maxBytes(4));
		TestConnection noise = new TestConnection(this.framing, 4);
		for (int i = 0; i < 100; i++) {
			assertThat(noise.receive("noise and more noise").unconsumed()).isZero();
		}
	}

	static Stream<Framing> others() {
		return Stream.of(Framings.raw(), Framings.fixed(3), Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false),
				Framings.cobs(), Framings.endOfStream(), Framings.jsonStream(), Framings.ndjson(),
				Framings.escaped(Escapes.SLIP),
				Framings.delimiters(new Delimiters(List.of(TestBytes.of(";")), false, true, false)),
				Framings.checked(Framings.fixed(3), ChecksumRule.of(ChecksumKind.XOR)));
	}

	@ParameterizedTest
	@MethodSource("others")
	void framingsWhoseMessagesMayBeginWithThemAreRefused(Framing framing) {
		assertThatIllegalArgumentException().isThrownBy(() -> Framings.acknowledged(framing, ACK, NAK))
			.withMessageContaining("but not from those of " + framing);
	}

	@Test
	void oneMayNotBeginWithTheOther() {
		for (String nak : new String[] { "\6\6", "\6" }) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> Framings.acknowledged(Framings.line(), ACK, TestBytes.of(nak)))
				.withMessageStartingWith("'acknowledge.nak' is '")
				.withMessageContaining("it may not begin with acknowledge.ack, '\\x06', nor that with it");
		}
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.acknowledged(Framings.line(), TestBytes.of("\6\6"), ACK));
	}

	@Test
	void oneMayEndWithTheOther() {
		for (Framing framing : new Framing[] { Framings.crlf(), Framings.stxEtx() }) {
			AcknowledgedFraming words = Framings.acknowledged(framing, TestBytes.of("ACK"), TestBytes.of("NACK"));
			TestConnection connection = new TestConnection(words, 8).receive("NACKA").receive("CKNAC").receive("K");
			assertThat(connection.texts()).containsExactly("NACK", "ACK", "NACK");
			assertThat(words.isNak(connection.window())).isTrue();
		}
	}

	static Stream<Arguments> likeMarks() {
		Framing marked = Framings.marked(FrameMarks.of(TestBytes.of("<<"), TestBytes.of(">\r")));
		Framing several = Framings.delimiters(Delimiters.of(TestBytes.of(";"), TestBytes.of("END")));
		Framing checked = Framings.checked(Framings.nul(), ChecksumRule.of(ChecksumKind.XOR, ChecksumEncoding.HEX));
		return Stream.of(arguments(Framings.line(), "\n"), arguments(Framings.line(), "\r\n"),
				arguments(Framings.line(), "\r"), arguments(Framings.line(), "\nOK"),
				arguments(Framings.line(), "O\nK\n"), arguments(Framings.crlf(), "\n"),
				arguments(Framings.crlf(), "\r"), arguments(Framings.crlf(), "\r\n"), arguments(Framings.nul(), "\0"),
				arguments(checked, "\0"), arguments(Framings.stxEtx(), "\2"), arguments(Framings.stxEtx(), "\3"),
				arguments(Framings.stxEtx(), "\2A"), arguments(Framings.stxEtx(), "A\2"),
				arguments(Framings.stxEtx(), "A\3"), arguments(Framings.stxEtx(), "\2A\3B"), arguments(marked, "<"),
				arguments(marked, "<<"), arguments(marked, "\r"), arguments(marked, "A<<"), arguments(several, ";"),
				arguments(several, "N"), arguments(several, "ENDA"), arguments(several, "A;B"));
	}

	@ParameterizedTest
	@MethodSource("likeMarks")
	void whatBeginsOrEndsFramesIsNoAcknowledgement(Framing framing, String bytes) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.acknowledged(framing, TestBytes.of(bytes), NAK))
			.withMessageStartingWith("'acknowledge.ack' is '" + WireText.of(TestBytes.of(bytes)) + "' but must be ");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Framings.acknowledged(framing, ACK, TestBytes.of(bytes)))
			.withMessageStartingWith("'acknowledge.nak' is '" + WireText.of(TestBytes.of(bytes)) + "' but must be ");
	}

	@Test
	void aWholeFrameIsOne() {
		assertThat(new TestConnection(Framings.acknowledged(Framings.stxEtx(), TestBytes.of("\2OK\3"), null), 9)
			.receive("\2a\3\2OK\3")
			.texts()).containsExactly("a", "\2OK\3");
		assertThat(new TestConnection(Framings.acknowledged(Framings.line(), TestBytes.of("OK\r\n"), null), 9)
			.receive("a\nOK\r\n")
			.texts()).containsExactly("a", "OK\r\n");
	}

}

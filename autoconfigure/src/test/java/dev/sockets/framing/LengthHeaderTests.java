package dev.sockets.framing;

import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#length(LengthHeader)}.
 */
class LengthHeaderTests {

	@Test
	void lengthIsWrittenInDigitsAndReadAfterZerosOrSpaces() {
		Framing ascii = Framings.length(header(HeaderFormat.ASCII, 4));
		assertThat(new TestConnection(ascii, 8).receive("0003abc   2xy0000").texts()).containsExactly("abc", "xy", "");
		assertThat(TestBytes.encode(ascii, "abc")).isEqualTo("0003abc");
		Framing hex = Framings.length(header(HeaderFormat.HEX, 2));
		assertThat(new TestConnection(hex, 16).receive("0abcdefghijk0A0123456789").texts())
			.containsExactly("bcdefghijk", "0123456789");
		assertThat(TestBytes.encode(hex, "0123456789")).isEqualTo("0A0123456789");
		Framing bcd = Framings.length(header(HeaderFormat.BCD, 2));
		assertThat(TestBytes.encode(bcd, "0123456789")).isEqualTo("\0\u00100123456789");
		assertThat(new TestConnection(bcd, 16).receive("\0\u00100123456789").texts()).containsExactly("0123456789");
	}

	@ParameterizedTest
	@CsvSource({ "ASCII, 00x1", "ASCII, '    '", "ASCII, -001", "HEX, 00g1", "BCD, '\u00A00xx'" })
	void headerThatIsNoNumberIsMalformed(HeaderFormat format, String bytes) {
		assertMalformed(() -> new TestConnection(Framings.length(header(format, 4)), 8).receive(bytes))
			.withMessageContaining("no number");
	}

	@ParameterizedTest
	@CsvSource({ "ASCII, 2, 99", "HEX, 2, 255", "BCD, 1, 99" })
	void payloadLongerThanTheDigitsCanSayIsRefused(HeaderFormat format, int size, int most) {
		Framing framing = Framings.length(header(format, size));
		assertThat(TestBytes.encode(framing, new byte[most])).hasSize(most + size);
		assertTooLarge(() -> TestBytes.encode(framing, new byte[most + 1]));
	}

	@Test
	void lengthAfterOtherBytesIsFilledInOnSending() {
		Framing framing = Framings
			.length(new LengthHeader(2, HeaderFormat.BINARY, ByteOrder.LITTLE_ENDIAN, 1, 0, true, false));
		assertThat(TestBytes.encode(framing, "a..bcd")).isEqualTo("a\6\0bcd");
		assertThat(new TestConnection(framing, 6).receive("a\6\0bcda\3\0").texts()).containsExactly("a\6\0bcd",
				"a\3\0");
		assertMalformed(() -> TestBytes.encode(framing, "a."));
		assertMalformed(() -> new TestConnection(framing, 6).receive("a\2\0"));
		assertTooLarge(() -> new TestConnection(framing, 6).receive("a\7\0"));
	}

	@Test
	void adjustmentCountsWhatTheLengthDoesNot() {
		Framing crc = Framings
			.length(new LengthHeader(1, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 0, 2, false, true));
		assertThat(new TestConnection(crc, 4).receive("\2abcc\0cc").texts()).containsExactly("abcc", "cc");
		assertThat(TestBytes.encode(crc, "abcc")).isEqualTo("\2abcc");
		assertMalformed(() -> TestBytes.encode(crc, "a")).withMessageContaining("length would be -1");
		assertTooLarge(() -> new TestConnection(crc, 4).receive("\3"));
		Framing tooMuch = Framings
			.length(new LengthHeader(1, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 0, -2, false, true));
		assertThat(new TestConnection(tooMuch, 4).receive("\4ab\2").texts()).containsExactly("ab", "");
		assertMalformed(() -> new TestConnection(tooMuch, 4).receive("\1"));
	}

	@Test
	void highestBinaryLengthWithAnAdjustmentDoesNotOverflow() {
		Framing framing = Framings
			.length(new LengthHeader(8, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 0, 2, false, true));
		assertTooLarge(() -> new TestConnection(framing, 4).receive("\177\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF"));
	}

	@Test
	void lengthBelowTheLeastIsMalformedBothWays() {
		Framing framing = Framings.length(LengthHeader.binary(2).atLeast(3));
		assertThat(new TestConnection(framing, 8).receive("\0\3abc").texts()).containsExactly("abc");
		for (String frame : new String[] { "\0\0", "\0\2ab" }) {
			assertMalformed(() -> new TestConnection(framing, 8).receive(frame))
				.withMessageContaining("the length " + (int) frame.charAt(1) + ", which is less than 3, the least that")
				.withMessageContaining("framing-options.min-length");
		}
		assertMalformed(() -> TestBytes.encode(framing, "ab"))
			.withMessageContaining("length would be 2, which is less");
		Framing counted = Framings
			.length(new LengthHeader(1, HeaderFormat.ASCII, ByteOrder.BIG_ENDIAN, 0, 0, true, false).atLeast(3));
		assertThat(new TestConnection(counted, 8).receive("3ab").texts()).containsExactly("3ab");
		assertMalformed(() -> new TestConnection(counted, 8).receive("2a")).withMessageContaining("less than 3, the");
		assertMalformed(() -> new TestConnection(counted, 8).receive("0")).withMessageContaining("less than 3, the");
	}

	@Test
	void lengthAboveTheMostIsMalformedBothWays() {
		Framing framing = Framings.length(LengthHeader.binary(2).atLeast(1).atMost(3));
		assertThat(new TestConnection(framing, 8).receive("\0\3abc").texts()).containsExactly("abc");
		for (String frame : new String[] { "\0\4", "\u00FF\u00FF" }) {
			assertMalformed(() -> new TestConnection(framing, 8).receive(frame))
				.withMessageContaining("which is more than 3, the most that")
				.withMessageContaining("framing-options.max-length");
		}
		assertTooLarge(() -> new TestConnection(framing, 2).receive("\0\3"));
		assertMalformed(() -> new TestConnection(framing, 2).receive("\0\4"));
		assertMalformed(() -> TestBytes.encode(framing, "abcd"))
			.withMessageContaining("length would be 4, which is more")
			.withMessageContaining("framing-options.max-length");
		Framing counted = Framings
			.length(new LengthHeader(1, HeaderFormat.ASCII, ByteOrder.BIG_ENDIAN, 0, 0, true, false).atMost(3));
		assertThat(new TestConnection(counted, 8).receive("3ab").texts()).containsExactly("3ab");
		assertMalformed(() -> new TestConnection(counted, 8).receive("4")).withMessageContaining("more than 3, the");
	}

	@Test
	void lengthWithTheHighestBitIsToldWithAndWithoutItsSign() {
		Framing four = Framings.length(LengthHeader.binary(4).atLeast(10));
		assertMalformed(() -> new TestConnection(four, 8).receive("\u00FF\u00FF\u00FF\u00FE"))
			.withMessageContaining("the length -2 (without a sign 4294967294), which is less than 10");
		assertMalformed(
				() -> new TestConnection(Framings.length(LengthHeader.binary(8)), 8).receive("\u0080\0\0\0\0\0\0\0"))
			.withMessageContaining("(without a sign 9223372036854775808), which is less than 0");
	}

	@Test
	void headerWithOtherBytesThanItHasToHaveIsMalformedBothWays() {
		Framing framing = Framings.length(kept(4).with(1, (byte) 'X', (byte) 'Y').with(3, (byte) 'Z'));
		assertThat(framing).hasToString("length1 offset 4 with 58 59 5a at 1 kept");
		for (int at = 0; at < 6; at++) {
			assertThat(new TestConnection(framing, 8).receive("aXYZ\1b".substring(0, at))
				.receive("aXYZ\1b".substring(at) + "cXYZ\0")
				.texts()).containsExactly("aXYZ\1b", "cXYZ\0");
		}
		assertThat(TestBytes.encode(framing, "aXYZ\0b")).isEqualTo("aXYZ\1b");
		for (String frame : new String[] { "aXYY\1b", "aXXZ\0", "aZYZ\u00FF" }) {
			assertMalformed(() -> new TestConnection(framing, 8).receive(frame))
				.withMessageContaining("a header without 58 59 5a at 1 (framing-options.header-bytes)");
			assertMalformed(() -> TestBytes.encode(framing, frame)).withMessageContaining("cannot send")
				.withMessageContaining("58 59 5a at 1")
				.withMessageContaining("framing-options.header-bytes");
		}
		Framing several = Framings.length(kept(4).with(0, (byte) 1).with(2, (byte) 2, (byte) 3));
		assertThat(several).hasToString("length1 offset 4 with 01 at 0, 02 03 at 2 kept");
	}

	@Test
	void bytesThatAHeaderHasToHaveArePartOfItsEquality() {
		assertThat(kept(2).with(0, (byte) 1)).isEqualTo(kept(2).with(0, (byte) 1))
			.hasSameHashCodeAs(kept(2).with(0, (byte) 1))
			.isNotEqualTo(kept(2).with(0, (byte) 2))
			.isNotEqualTo(kept(2));
	}

	private static LengthHeader kept(int offset) {
		return new LengthHeader(1, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, offset, 0, false, false);
	}

	@Test
	void headerThatCannotBeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LengthHeader.binary(1).atLeast(2).atMost(1));
		assertThatIllegalArgumentException().isThrownBy(() -> LengthHeader.binary(1).atMost(1).atLeast(2));
		assertThatIllegalArgumentException().isThrownBy(() -> LengthHeader.binary(1).with(0, (byte) 1));
		assertThatIllegalArgumentException().isThrownBy(() -> kept(2).with(-1, (byte) 1));
		assertThatIllegalArgumentException().isThrownBy(() -> kept(2).with(1, (byte) 1, (byte) 2));
		assertThatIllegalArgumentException().isThrownBy(() -> kept(2).with(1, (byte) 1).with(0, (byte) 1, (byte) 2));
		assertThatIllegalArgumentException().isThrownBy(() -> LengthHeader.binary(1).atLeast(256));
		assertThatIllegalArgumentException().isThrownBy(() -> LengthHeader.binary(1).atLeast(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> header(HeaderFormat.ASCII, 19));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LengthHeader(2, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 1, 0, false, true));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LengthHeader(2, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, -1, 0, false, false));
	}

	private static LengthHeader header(HeaderFormat format, int size) {
		return new LengthHeader(size, format, ByteOrder.BIG_ENDIAN, 0, 0, false, true);
	}

}

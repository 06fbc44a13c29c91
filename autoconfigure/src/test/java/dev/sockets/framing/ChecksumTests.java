package dev.sockets.framing;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.SocketErrorCode;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChecksumKind} and {@link Framings#checked}.
 */
class ChecksumTests {

	private static final byte[] NOTHING = new byte[0];

	@ParameterizedTest
	@CsvSource({ "XOR, 31", "SUM8, DD", "SUM16, 1DD", "LRC, 23", "CRC16_MODBUS, 4B37", "CRC16_CCITT, 29B1",
			"CRC16_XMODEM, 31C3", "CRC16_X25, 906E", "CRC32, CBF43926", "MOD10, 7" })
	void checksumOfTheNineDigitsIsThatOfItsDefinition(ChecksumKind kind, String hex) {
		byte[] bytes = TestBytes.of("x123456789x");
		assertThat(kind.compute(bytes, 1, 10)).isEqualTo(Long.parseLong(hex, 16));
	}

	@Test
	void checkDigitOfLuhnIsThatOfAKnownNumber() {
		assertThat(ChecksumKind.MOD10.compute(TestBytes.of("7992739871"), 0, 10)).isEqualTo(3);
	}

	@Test
	void checksumIsTakenOffAndAdded() {
		Framing framing = Framings.checked(Framings.lengthPrefixed(1, ByteOrder.BIG_ENDIAN, false),
				ChecksumRule.of(ChecksumKind.SUM8));
		assertThat(TestBytes.encode(framing, "123456789")).isEqualTo("\n123456789\u00DD");
		assertThat(new TestConnection(framing, 9).receive("\n123456789\u00DD").texts()).containsExactly("123456789");
	}

	@Test
	void bytesOfModbusComeLowestFirstUnlessSaidOtherwise() {
		Framing framing = Framings.checked(Framings.fixed(8), ChecksumRule.of(ChecksumKind.CRC16_MODBUS));
		assertThat(TestBytes.encode(framing, TestBytes.of(1, 3, 0, 0, 0, 0x0A)))
			.isEqualTo(TestBytes.of(1, 3, 0, 0, 0, 0x0A, 0xC5, 0xCD));
		Framing other = Framings.checked(Framings.fixed(8),
				rule(ChecksumKind.CRC16_MODBUS, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, null, null, ""));
		assertThat(TestBytes.encode(other, TestBytes.of(1, 3, 0, 0, 0, 0x0A)))
			.isEqualTo(TestBytes.of(1, 3, 0, 0, 0, 0x0A, 0xCD, 0xC5));
	}

	@Test
	void digitsAreWrittenInCapitalsAndReadInBoth() {
		Framing hex = Framings.checked(Framings.line(),
				rule(ChecksumKind.CRC16_CCITT, ChecksumEncoding.HEX, ByteOrder.BIG_ENDIAN, null, null, null, "*"));
		assertThat(TestBytes.encode(hex, "123456789")).isEqualTo("123456789*29B1\n");
		assertThat(new TestConnection(hex, 9).receive("123456789*29b1\n").texts()).containsExactly("123456789");
		Framing decimal = Framings.checked(Framings.line(),
				rule(ChecksumKind.SUM8, ChecksumEncoding.DECIMAL, ByteOrder.BIG_ENDIAN, null, null, null, ""));
		assertThat(TestBytes.encode(decimal, "123456789")).isEqualTo("123456789221\n");
	}

	@ParameterizedTest
	@EnumSource
	void eachChecksumInEachEncodingAndOrderIsItselfAgain(ChecksumKind kind) {
		for (ChecksumEncoding encoding : ChecksumEncoding.values()) {
			for (ByteOrder order : new ByteOrder[] { ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN }) {
				Framing framing = Framings.checked(Framings.lengthPrefixed(1, ByteOrder.BIG_ENDIAN, false),
						rule(kind, encoding, order, null, null, null, ""));
				for (String payload : new String[] { "", "a", "123456789", "\0\u00FF\n" }) {
					String frame = TestBytes.encode(framing, payload);
					assertThat(new TestConnection(framing, 9).receive(frame).texts()).containsExactly(payload);
					String bad = frame.substring(0, frame.length() - 1) + "?";
					assertThat(new TestConnection(framing, 9).receive(bad).rejected()).hasSize(1);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void onlyOneNumberIsTakenForAChecksum(ChecksumKind kind) {
		for (ChecksumEncoding encoding : ChecksumEncoding.values()) {
			for (ByteOrder order : new ByteOrder[] { ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN }) {
				Checksum checksum = new Checksum(rule(kind, encoding, order, null, null, null, ""), 0);
				byte[] right = checksum.withRoom(TestBytes.of("msg1"));
				assertThat(checksum.fill(right, 0, right.length)).isTrue();
				assertThat(accepted(checksum, radix(encoding), right)).as("%s", checksum)
					.allSatisfy((frame) -> assertThat(frame).isEqualTo(right));
				assertThat(acceptedBytes(checksum, right)).as("%s", checksum)
					.allSatisfy((frame) -> assertThat(new String(frame, StandardCharsets.ISO_8859_1))
						.isEqualToIgnoringCase(new String(right, StandardCharsets.ISO_8859_1)));
			}
		}
	}

	private static int radix(ChecksumEncoding encoding) {
		return switch (encoding) {
			case RAW -> 256;
			case HEX -> 16;
			case DECIMAL -> 10;
		};
	}

	/** Tries the lowest numbers, and those that differ from the right one by a bit. */
	private static List<byte[]> accepted(Checksum checksum, int radix, byte[] right) {
		int place = right.length - checksum.size();
		long value = 0;
		long limit = 1;
		for (int i = place; i < right.length; i++) {
			value = value * radix + ((radix == 256) ? right[i] & 0xFF : Character.digit(right[i], radix));
			limit *= radix;
		}
		long number = value;
		long end = limit;
		return LongStream
			.concat(LongStream.range(0, Math.min(end, 100_000)),
					IntStream.range(0, 40).mapToLong((bit) -> number + (1L << bit)))
			.filter((candidate) -> candidate < end)
			.mapToObj((candidate) -> {
				byte[] frame = right.clone();
				long rest = candidate;
				for (int i = frame.length - 1; i >= place; i--) {
					int digit = (int) (rest % radix);
					frame[i] = (byte) ((radix == 256) ? digit
							: Character.toUpperCase(Character.forDigit(digit, radix)));
					rest /= radix;
				}
				return frame;
			})
			.filter((frame) -> checksum.matches(frame, 0, frame.length))
			.toList();
	}

	/** Tries each byte in each place. */
	private static List<byte[]> acceptedBytes(Checksum checksum, byte[] right) {
		return IntStream.range(0, checksum.size() * 256).mapToObj((i) -> {
			byte[] frame = right.clone();
			frame[frame.length - 1 - i / 256] = (byte) i;
			return frame;
		}).filter((frame) -> checksum.matches(frame, 0, frame.length)).toList();
	}

	@ParameterizedTest
	@CsvSource({ "CRC16_MODBUS, msg101719, msg167255", "CRC16_MODBUS, msg101719, msg199999", "XOR, msg1072, msg1328" })
	void digitsAboveTheHighestChecksumAreWrong(ChecksumKind kind, String right, String wrong) {
		Framing framing = Framings.checked(Framings.lengthPrefixed(2, ByteOrder.BIG_ENDIAN, false),
				rule(kind, ChecksumEncoding.DECIMAL, ByteOrder.LITTLE_ENDIAN, null, null, null, ""));
		TestConnection connection = new TestConnection(framing, 9)
			.receive("\0" + (char) wrong.length() + wrong + "\0" + (char) right.length() + right);
		assertThat(connection.texts()).containsExactly("msg1");
		assertThat(connection.rejected()).containsExactly(wrong);
		assertThat(connection.window().rejectionReason()).endsWith(" is wrong");
	}

	@Test
	void badFrameIsRejectedAndTheNextOneIsRead() {
		Framing framing = Framings.checked(Framings.line(), ChecksumRule.of(ChecksumKind.XOR, ChecksumEncoding.HEX));
		TestConnection connection = new TestConnection(framing, 9).receive("a61\n\nab44\n");
		assertThat(connection.texts()).containsExactly("a");
		assertThat(connection.rejected()).containsExactly("", "ab44");
		assertThat(connection.window().rejection()).isEqualTo(SocketErrorCode.CHECKSUM);
		assertThat(connection.window().rejectionReason()).isEqualTo("its checksum xor hex is wrong");
		assertThat(connection.receive("a61\n").texts()).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			HEX     | abx*6g | its checksum xor hex after 2a is not written in hexadecimal digits
			HEX     | abx*3a | its checksum xor hex after 2a is wrong
			HEX     | abx#7b | it has no 2a before its checksum xor hex after 2a
			HEX     | *1     | it is too short to have its checksum xor hex after 2a
			DECIMAL | a*09A  | its checksum xor decimal after 2a is not written in decimal digits
			""")
	void whatIsWrongWithAChecksumIsTold(ChecksumEncoding encoding, String frame, String reason) {
		Framing framing = Framings.checked(Framings.line(),
				rule(ChecksumKind.XOR, encoding, ByteOrder.BIG_ENDIAN, null, null, null, "*"));
		TestConnection connection = new TestConnection(framing, 9).receive(frame + "\n");
		assertThat(connection.rejected()).containsExactly(frame);
		assertThat(connection.window().rejection()).isEqualTo(SocketErrorCode.CHECKSUM);
		assertThat(connection.window().rejectionReason()).isEqualTo(reason);
	}

	@Test
	void payloadOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		Framing framing = Framings.checked(Framings.line(), ChecksumRule.of(ChecksumKind.SUM8, ChecksumEncoding.HEX));
		byte[] longest = TestBytes.repeat('x', 9);
		assertThat(new TestConnection(framing, 9).receive(TestBytes.encode(framing, longest)).frames())
			.containsExactly(longest);
		assertTooLarge(() -> new TestConnection(framing, 9).receive("012345678901"));
	}

	@Test
	void checksumInTheMidstIsFilledInAndKept() {
		Framing framing = Framings.checked(Framings.line(),
				rule(ChecksumKind.XOR, ChecksumEncoding.HEX, ByteOrder.BIG_ENDIAN, 3, null, 1, ""));
		assertThat(TestBytes.encode(framing, "$..ab")).isEqualTo("$03ab\n");
		assertThat(new TestConnection(framing, 9).receive("$03ab\n").texts()).containsExactly("$03ab");
		assertMalformed(() -> TestBytes.encode(framing, "$."));
	}

	@Test
	void rangeCountsFromBothEnds() {
		Framing framing = Framings.checked(Framings.line(),
				rule(ChecksumKind.XOR, ChecksumEncoding.HEX, ByteOrder.BIG_ENDIAN, 1, -3, null, ""));
		assertThat(TestBytes.encode(framing, "xAy")).isEqualTo("xAy41\n");
		assertThat(new TestConnection(framing, 9).receive("xAy41\n41\n").rejected()).containsExactly("41");
	}

	@Test
	void checksumOverALengthThatIsFilledInCoversIt() {
		Framing framing = Framings.checked(
				Framings.length(new LengthHeader(1, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 1, 0, false, false)),
				ChecksumRule.of(ChecksumKind.XOR));
		String frame = TestBytes.encode(framing, "a.bc");
		assertThat(frame).isEqualTo("a\3bc" + (char) ('a' ^ 3 ^ 'b' ^ 'c'));
		assertThat(new TestConnection(framing, 9).receive(frame).texts()).containsExactly("a\3bc");
	}

	private static ChecksumRule rule(ChecksumKind kind, ChecksumEncoding encoding, ByteOrder order,
			@Nullable Integer from, @Nullable Integer to, @Nullable Integer place, String separator) {
		return new ChecksumRule(kind, encoding, order, from, to, place, false,
				separator.isEmpty() ? NOTHING : TestBytes.of(separator));
	}

}

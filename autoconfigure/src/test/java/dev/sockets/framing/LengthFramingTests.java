package dev.sockets.framing;

import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#lengthPrefixed(int, ByteOrder, boolean)}.
 */
class LengthFramingTests {

	private static final int LIMIT = 64 * 1024;

	@Test
	void headerHasItsSizeAndOrderAndCountsItselfWhenToldSo() {
		assertThat(TestBytes.encode(bigEndian(1), "ab")).isEqualTo("\2ab");
		assertThat(TestBytes.encode(bigEndian(2), "ab")).isEqualTo("\0\2ab");
		assertThat(TestBytes.encode(bigEndian(4), "ab")).isEqualTo("\0\0\0\2ab");
		assertThat(TestBytes.encode(bigEndian(8), "ab")).isEqualTo("\0\0\0\0\0\0\0\2ab");
		assertThat(TestBytes.encode(Framings.lengthPrefixed(3, ByteOrder.LITTLE_ENDIAN, false), "ab"))
			.isEqualTo("\2\0\0ab");
		assertThat(TestBytes.encode(headerIncluded(4), "ab")).isEqualTo("\0\0\0\6ab");
		assertThat(TestBytes.encode(bigEndian(2), "x".repeat(0x1234))).startsWith("\u0012\u0034x");
	}

	@ParameterizedTest
	@CsvSource({ "1, 255", "2, 65535", "3, 65536", "4, 65536", "8, 65536" })
	void shortHeadersAreUnsigned(int headerSize, int length) {
		byte[] frame = TestBytes.encode(bigEndian(headerSize), TestBytes.repeat('x', length));
		TestConnection connection = new TestConnection(bigEndian(headerSize), LIMIT).receive(frame);
		assertThat(connection.frames()).singleElement().satisfies((payload) -> assertThat(payload).hasSize(length));
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefusedByItsHeader() {
		TestConnection connection = new TestConnection(bigEndian(4), 4).receive("\0\0\0\0041234");
		assertThat(connection.texts()).containsExactly("1234");
		connection.receive("\0\0\0");
		assertTooLarge(() -> connection.receive("\5"));
	}

	@Test
	void frameOfMaxIntegerIsRefusedByItsHeader() {
		assertTooLarge(() -> new TestConnection(bigEndian(4), LIMIT).receive(0x7F, 0xFF, 0xFF, 0xFF))
			.withMessage("Framing length4 received a frame of 2147483647 bytes; raise max-frame-size, or check that "
					+ "the peer uses the same framing (maximum frame size 65536 bytes, first bytes 7f ff ff ff)");
		assertTooLarge(
				() -> new TestConnection(bigEndian(8), LIMIT).receive(0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF));
	}

	@Test
	void limitOfMaxIntegerDoesNotOverflow() {
		TestConnection connection = new TestConnection(bigEndian(4), Integer.MAX_VALUE);
		assertThat(connection.receive(0x7F, 0xFF, 0xFF, 0xFF, 1, 2).frames()).isEmpty();
	}

	@Test
	void negativeLengthIsMalformed() {
		assertMalformed(() -> new TestConnection(bigEndian(4), LIMIT).receive(0xFF, 0xFF, 0xFF, 0xFE))
			.withMessageContaining("the length -2")
			.withMessageContaining("first bytes ff ff ff fe");
		assertMalformed(() -> new TestConnection(bigEndian(8), LIMIT).receive(0x80, 0, 0, 0, 0, 0, 0, 0));
		assertMalformed(() -> new TestConnection(headerIncluded(8), LIMIT).receive(0x80, 0, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void includedHeaderIsTakenOff() {
		TestConnection connection = new TestConnection(headerIncluded(2), 4).receive("\0\2\0\0061234");
		assertThat(connection.texts()).containsExactly("", "1234");
		assertTooLarge(() -> connection.receive("\0\7"));
	}

	@Test
	void lengthShorterThanTheIncludedHeaderIsMalformed() {
		assertMalformed(() -> new TestConnection(headerIncluded(4), LIMIT).receive(0, 0, 0, 3))
			.withMessageStartingWith("Framing length4 header-included received the length 3, which is less than 4");
	}

	@ParameterizedTest
	@CsvSource({ "1, 255", "2, 65535", "3, 16777215" })
	void payloadLongerThanTheHeaderCanSayIsRefused(int headerSize, int most) {
		byte[] tooLong = new byte[most + 1];
		assertTooLarge(() -> TestBytes.encode(bigEndian(headerSize), tooLong)).withMessageContaining(most + " bytes");
		assertTooLarge(() -> TestBytes.encode(headerIncluded(headerSize), new byte[most - headerSize + 1]));
		assertThat(TestBytes.encode(headerIncluded(headerSize), new byte[most - headerSize])).hasSize(most);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 5, 6, 7, 9 })
	void otherHeaderSizesAreRefused(int headerSize) {
		assertThatIllegalArgumentException().isThrownBy(() -> bigEndian(headerSize))
			.withMessageContaining("not " + headerSize);
	}

	private static Framing bigEndian(int headerSize) {
		return Framings.lengthPrefixed(headerSize, ByteOrder.BIG_ENDIAN, false);
	}

	private static Framing headerIncluded(int headerSize) {
		return Framings.lengthPrefixed(headerSize, ByteOrder.BIG_ENDIAN, true);
	}

}

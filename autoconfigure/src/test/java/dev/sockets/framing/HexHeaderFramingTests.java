package dev.sockets.framing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketOperationException;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Framings#hex8()}.
 */
class HexHeaderFramingTests {

	private static final int LIMIT = 64 * 1024;

	@Test
	void headerIsInCapitalsAfterSpaces() {
		assertThat(TestBytes.encode(Framings.hex8(), "a")).isEqualTo("       1a");
		assertThat(TestBytes.encode(Framings.hex8(), "x".repeat(0x1A))).startsWith("      1Ax");
		assertThat(TestBytes.encode(Framings.hex8(), "x".repeat(0xABCDE))).startsWith("   ABCDEx");
		assertThat(TestBytes.encode(Framings.hex8(), "x".repeat(0x10000))).startsWith("   10000x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "      1A", "0000001A", "      1a", "  00001a", "1a      ", "  1a    " })
	void headersOfAllKindsAreRead(String header) {
		String payload = "x".repeat(0x1A);
		TestConnection connection = new TestConnection(Framings.hex8(), LIMIT).receive(header.substring(0, 5));
		connection.receive(header.substring(5) + payload + header + payload);
		assertThat(connection.texts()).containsExactly(payload, payload);
	}

	@ParameterizedTest
	@ValueSource(strings = { "      -1", "        ", "00000000", "       0", "      +1", "    0x1A", "    1_A0",
			"     1 A", "1      1", "\t      1", "       G", "       \u00b2" })
	void otherHeadersAreRefused(String header) {
		assertMalformed(() -> new TestConnection(Framings.hex8(), LIMIT).receive(header));
	}

	@ParameterizedTest
	@ValueSource(strings = { "   10001", "FFFFFFFF", "80000000", "7fffffff" })
	void frameOverTheLimitIsRefusedByItsHeader(String header) {
		assertTooLarge(() -> new TestConnection(Framings.hex8(), LIMIT).receive(header));
	}

	@Test
	void emptyPayloadIsRefused() {
		assertThatExceptionOfType(SocketOperationException.class)
			.isThrownBy(() -> TestBytes.encode(Framings.hex8(), ""));
	}

}

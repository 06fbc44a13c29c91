package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#fixed(int)}.
 */
class FixedFramingTests {

	private final Framing framing = Framings.fixed(3);

	@Test
	void everySizeBytesAreAFrame() {
		TestConnection connection = new TestConnection(this.framing, 3).receive("abcdefg");
		assertThat(connection.texts()).containsExactly("abc", "def");
		assertThat(connection.unconsumed()).isEqualTo(1);
	}

	@Test
	void payloadOfAnotherLengthIsRefused() {
		assertMalformed(() -> TestBytes.encode(this.framing, "ab")).withMessageContaining("pad it to 3 bytes");
		assertMalformed(() -> TestBytes.encode(this.framing, "abcd"))
			.withMessageEndingWith("(payload of 4 bytes, first bytes 61 62 63 64)");
		assertMalformed(() -> TestBytes.encode(this.framing, "")).withMessageEndingWith("first bytes none)");
	}

	@Test
	void sizeBelowOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Framings.fixed(0)).withMessageContaining("not 0");
	}

}

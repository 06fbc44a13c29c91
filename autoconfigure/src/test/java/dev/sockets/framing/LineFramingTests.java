package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#line()}.
 */
class LineFramingTests {

	private final TestConnection connection = new TestConnection(Framings.line(), 4);

	@Test
	void lfEndsFramesAndOneCrBeforeItIsDropped() {
		this.connection.receive("a\nb\r\nc\r\r\n\n\r\nd\re\nrest");
		assertThat(this.connection.texts()).containsExactly("a", "b", "c\r", "", "", "d\re");
		assertThat(this.connection.unconsumed()).isEqualTo(4);
	}

	@Test
	void sendsLf() {
		assertThat(TestBytes.encode(Framings.line(), "a\rb")).isEqualTo("a\rb\n");
		assertThat(TestBytes.encode(Framings.line(), "")).isEqualTo("\n");
	}

	@Test
	void lineOfTheLimitIsAcceptedWhateverItsEndIs() {
		assertThat(this.connection.receive("1234\n1234\r\n").texts()).containsExactly("1234", "1234");
		assertThat(this.connection.receive("1234").receive("\r").receive("\n").texts()).hasSize(3);
	}

	@Test
	void oneByteOverTheLimitIsRefusedBeforeTheEndArrives() {
		this.connection.receive("1234");
		assertTooLarge(() -> this.connection.receive("5"));
	}

	@Test
	void crAfterTheLimitWaitsForItsLf() {
		this.connection.receive("1234\r");
		assertTooLarge(() -> this.connection.receive("\r"));
	}

	@Test
	void crWithinAFrameOfTheLimitCounts() {
		assertThat(this.connection.receive("12\r4\r\n").texts()).containsExactly("12\r4");
		assertTooLarge(() -> this.connection.receive("123\r\r\r\n"));
	}

	@Test
	void oneByteOverTheLimitIsRefusedWithItsEnd() {
		assertTooLarge(() -> this.connection.receive("12345\n"));
	}

	@Test
	void framesBeforeTheRefusedOneAreDelivered() {
		assertTooLarge(() -> this.connection.receive("a\nb\n12345\n"));
		assertThat(this.connection.texts()).containsExactly("a", "b");
	}

	@Test
	void refusalNamesFramingLimitAndFirstBytes() {
		assertTooLarge(() -> this.connection.receive("0123456789abcdefgh\n"))
			.withMessage("Framing line received a line that is too long; raise max-frame-size, or check that the peer "
					+ "uses the same framing (maximum frame size 4 bytes, "
					+ "first bytes 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66)");
	}

	@Test
	void payloadWithLfIsRefused() {
		assertMalformed(() -> TestBytes.encode(Framings.line(), "a\nb"))
			.withMessage("Framing line cannot send a payload with LF at index 1, as it would arrive as two messages: "
					+ "remove the LF, or use framing length4 (payload of 3 bytes, first bytes 61 0a 62)");
	}

	@Test
	void payloadThatEndsWithCrIsRefused() {
		assertMalformed(() -> TestBytes.encode(Framings.line(), "a\r")).withMessageContaining("ends with CR");
		assertMalformed(() -> TestBytes.encode(Framings.line(), "\r")).withMessageContaining("ends with CR");
	}

	@Test
	void limitOfMaxIntegerDoesNotOverflow() {
		TestConnection unlimited = new TestConnection(Framings.line(), Integer.MAX_VALUE);
		assertThat(unlimited.receive("ab").receive("c\r\n").texts()).containsExactly("abc");
	}

}

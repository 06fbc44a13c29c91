package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#stxEtx()}.
 */
class StxEtxFramingTests {

	private final TestConnection connection = new TestConnection(Framings.stxEtx(), 4);

	@Test
	void framesLieBetweenStxAndEtx() {
		assertThat(this.connection.receive("\2ab\3\2\3\2a\2b\3\2").texts()).containsExactly("ab", "", "a\2b");
		assertThat(TestBytes.encode(Framings.stxEtx(), "ab")).isEqualTo("\2ab\3");
	}

	@Test
	void bytesBeforeStxAreMalformed() {
		assertMalformed(() -> this.connection.receive("\2ab\3\n\2c\3")).withMessageStartingWith("Framing stx-etx ")
			.withMessageEndingWith("(maximum frame size 4 bytes, first bytes 0a 02 63 03)");
		assertThat(this.connection.texts()).containsExactly("ab");
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
	void payloadWithStxOrEtxIsRefused() {
		assertMalformed(() -> TestBytes.encode(Framings.stxEtx(), "a\3b")).withMessageContaining("at index 1");
		assertMalformed(() -> TestBytes.encode(Framings.stxEtx(), "a\2")).withMessageContaining("at index 1");
	}

}

package dev.sockets.framing;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#raw()}.
 */
class RawFramingTests {

	private final TestConnection connection = new TestConnection(Framings.raw(), 4);

	@Test
	void eachReadIsAMessage() {
		assertThat(this.connection.receive("ab").receive("c\n").receive("\0").texts()).containsExactly("ab", "c\n",
				"\0");
		assertThat(this.connection.unconsumed()).isZero();
	}

	@Test
	void readLongerThanTheLimitIsDeliveredInPieces() {
		assertThat(this.connection.receive("1234").receive("123456789").texts()).containsExactly("1234", "1234", "5678",
				"9");
	}

	@Test
	void bytesAreSentAsTheyAre() {
		assertThat(TestBytes.encode(Framings.raw(), "a\r\n\0")).isEqualTo("a\r\n\0");
	}

	@Test
	void emptyPayloadIsRefusedAsItWouldNotArrive() {
		assertMalformed(() -> TestBytes.encode(Framings.raw(), "")).withMessageContaining("nothing would arrive");
	}

}

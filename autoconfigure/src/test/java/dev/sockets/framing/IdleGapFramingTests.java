package dev.sockets.framing;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#idleGap(Duration)}.
 */
class IdleGapFramingTests {

	private final Framing framing = Framings.idleGap(Duration.ofMillis(50));

	private final TestConnection connection = new TestConnection(this.framing, 4);

	@Test
	void allThatWaitsIsAFrameAtASilence() {
		assertThat(this.connection.receive("a").receive("").receive("bc").texts()).isEmpty();
		assertThat(this.connection.end().receive("d").end().texts()).containsExactly("abc", "d");
		assertThat(this.connection.unconsumed()).isZero();
		assertThat(this.framing.gap()).isEqualTo(Duration.ofMillis(50));
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		assertThat(this.connection.receive("1234").end().texts()).containsExactly("1234");
		assertTooLarge(() -> this.connection.receive("12345"));
		assertTooLarge(() -> new TestConnection(this.framing, 4).receive("1234").receive("x".repeat(10_000)));
	}

	@Test
	void checksumHasTheSameGapAndIsVerified() {
		Framing checked = Framings.checked(this.framing, ChecksumRule.of(ChecksumKind.CRC16_MODBUS));
		assertThat(checked.gap()).isEqualTo(this.framing.gap());
		TestConnection connection = new TestConnection(checked, 4)
			.receive(TestBytes.encode(checked, TestBytes.of("1234")))
			.end()
			.receive("12345")
			.end();
		assertThat(connection.texts()).containsExactly("1234");
		assertThat(connection.rejected()).hasSize(1);
	}

	@Test
	void payloadIsSentAsItIsUnlessItIsEmpty() {
		assertThat(TestBytes.encode(this.framing, "ab")).isEqualTo("ab");
		assertMalformed(() -> TestBytes.encode(this.framing, "")).withMessageContaining("an empty payload");
		assertThatIllegalArgumentException().isThrownBy(() -> Framings.idleGap(Duration.ZERO));
	}

	@Test
	void othersHaveNoGap() {
		assertThat(Framings.line().gap()).isNull();
	}

}

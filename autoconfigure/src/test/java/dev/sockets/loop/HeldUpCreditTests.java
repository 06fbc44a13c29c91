package dev.sockets.loop;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes at once after a pause of this side is within the rate of who sent it. Kind 4
 * of what breaks.
 */
class HeldUpCreditTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE - 1000, -5 })
	void whenItWasHeldUpThenTheCreditIsAsLongAndUsedUpWithinAsMuchTime(long start) {
		HeldUpCredit credit = new HeldUpCredit(start);
		long now = start + 5 * SECOND;
		assertThat(credit.left(now)).isZero();
		credit.add(4 * SECOND, now);
		assertThat(credit.left(now)).isEqualTo(4 * SECOND);
		assertThat(credit.left(now + SECOND)).isEqualTo(3 * SECOND);
		assertThat(credit.left(now + 4 * SECOND)).isZero();
	}

	@Test
	void whenItIsHeldUpAgainThenBothCount() {
		HeldUpCredit credit = new HeldUpCredit(0);
		credit.add(4 * SECOND, 5 * SECOND);
		credit.add(2 * SECOND, 8 * SECOND);
		assertThat(credit.left(8 * SECOND)).isEqualTo(3 * SECOND);
	}

}

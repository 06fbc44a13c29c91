package dev.sockets.runtime.tcp;

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

	private final HeldUpCredit credit = new HeldUpCredit();

	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE - 1000, -5 })
	void whenItWasHeldUpThenTheCreditIsAsLongAndUsedUpWithinAsMuchTime(long start) {
		long behind = 7 * SECOND;
		assertThat(this.credit.at(start, start - behind)).isZero();
		long now = start + 5 * SECOND;
		assertThat(this.credit.at(now, now - behind - 4 * SECOND)).isEqualTo(4 * SECOND);
		now += SECOND;
		assertThat(this.credit.at(now, now - behind - 4 * SECOND)).isEqualTo(3 * SECOND);
		now += 3 * SECOND;
		assertThat(this.credit.at(now, now - behind - 4 * SECOND)).isZero();
	}

	@Test
	void whenItIsHeldUpAgainThenBothCount() {
		this.credit.at(0, 0);
		this.credit.at(5 * SECOND, SECOND);
		assertThat(this.credit.at(8 * SECOND, 2 * SECOND)).isEqualTo(3 * SECOND);
	}

	@Test
	void whenTheClocksDifferByLittleThenThereIsNone() {
		this.credit.at(0, 0);
		for (long millis = 0; millis < 10_000; millis += 10) {
			long now = TimeUnit.MILLISECONDS.toNanos(millis);
			assertThat(this.credit.at(now, now - TimeUnit.MILLISECONDS.toNanos(millis % 50))).isZero();
		}
	}

}

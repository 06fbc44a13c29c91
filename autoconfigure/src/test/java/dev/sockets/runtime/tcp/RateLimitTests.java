package dev.sockets.runtime.tcp;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.tcp.Rate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arithmetic of rates, at any time of a clock that turns over.
 */
class RateLimitTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, Long.MAX_VALUE - 1000, Long.MIN_VALUE, -5 })
	void whenMoreComesThanTheRateThenAsMuchIsAdmittedAsItSays(long start) {
		RateLimit limit = new RateLimit(Rate.parse("3/s"));
		long paid = start;
		int admitted = 0;
		for (long millis = 0; millis < 10_000; millis++) {
			long now = start + millis * 1_000_000;
			if (limit.admits(paid, now)) {
				admitted++;
				paid = limit.pay(paid, now, 1);
			}
		}
		assertThat(admitted).isBetween(3 + 29, 3 + 30);
	}

	@Test
	void whenNothingHasComeForLongThenNoMoreMayComeAtOnceThanInOnePeriod() {
		RateLimit limit = new RateLimit(Rate.parse("100/m"));
		long paid = 0;
		long now = TimeUnit.HOURS.toNanos(5);
		for (int i = 0; i < 100; i++) {
			assertThat(limit.admits(paid, now)).as("%d", i).isTrue();
			paid = limit.pay(paid, now, 1);
		}
		assertThat(limit.admits(paid, now)).isFalse();
		assertThat(limit.delay(paid, now)).isEqualTo(600_000_000);
	}

	@Test
	void whenMuchHasComeAtOnceThenItIsMadeUpFor() {
		RateLimit limit = new RateLimit(Rate.parse("1KB/s"));
		long paid = limit.pay(0, 0, 10 * 1024);
		assertThat(limit.excess(paid, 0)).isEqualTo(9 * SECOND);
		assertThat(limit.delay(paid, 0)).isBetween(9 * SECOND, 9 * SECOND + 1_000_000);
		assertThat(limit.isOver(paid, 10 * SECOND)).isTrue();
	}

}

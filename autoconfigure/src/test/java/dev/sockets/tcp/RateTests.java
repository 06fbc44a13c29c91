package dev.sockets.tcp;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Rates as they are written in a configuration.
 */
class RateTests {

	@Test
	void whenARateIsReadThenItHasAmountUnitAndPeriod() {
		assertThat(Rate.parse("100/s")).isEqualTo(new Rate(100, false, Duration.ofSeconds(1)));
		assertThat(Rate.parse(" 5 / m ")).isEqualTo(new Rate(5, false, Duration.ofMinutes(1)));
		assertThat(Rate.parse("7/h")).isEqualTo(new Rate(7, false, Duration.ofHours(1)));
		assertThat(Rate.parse("512B/s")).isEqualTo(new Rate(512, true, Duration.ofSeconds(1)));
		assertThat(Rate.parse("1MB/s")).isEqualTo(new Rate(1 << 20, true, Duration.ofSeconds(1)));
		assertThat(Rate.parse("3kb/M")).isEqualTo(new Rate(3 << 10, true, Duration.ofMinutes(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "100", "100/", "/s", "-1/s", "1.5/s", "100/d", "100/10s", "1TB/s", "1 000/s",
			"9999999999999/s" })
	void whenItIsNoRateThenItIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text))
			.withMessage("a number in a time (s, m or h), such as 100/s or, in bytes, 1MB/s");
	}

	@ParameterizedTest
	@ValueSource(strings = { "100/s", "5000/m", "7/h", "512B/s", "15KB/s", "3MB/m", "1GB/h" })
	void whenARateIsShownThenItIsAsItWasWritten(String text) {
		assertThat(Rate.parse(text)).hasToString(text);
	}

	@Test
	void whenNothingMayComeThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse("0/s")).withMessage("at least 1 in its time");
	}

}

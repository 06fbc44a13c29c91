package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.sockets.tcp.Reconnect;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Delays grow with each failure and start over after a connection that has lasted.
 */
class BackoffTests {

	private final Backoff backoff = new Backoff(
			new Reconnect(true, Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0, 0));

	@Test
	void whenConnectionHasLastedThenDelaysStartOver() {
		fail(3);
		this.backoff.opened(0);
		this.backoff.lost(seconds(10), true);
		assertThat(this.backoff.nextDelay()).hasMillis(500);
		assertThat(this.backoff.nextAttempt()).isEqualTo(1);
	}

	@Test
	void whenConnectionIsLostSoonThenItCountsAsFailed() {
		this.backoff.opened(0);
		this.backoff.lost(seconds(1) - 1, true);
		assertThat(this.backoff.nextAttempt()).isEqualTo(2);
		this.backoff.opened(0);
		this.backoff.lost(seconds(1) - 1, true);
		assertThat(this.backoff.nextDelay()).hasMillis(1000);
	}

	@Test
	void whenConnectionHasLastedLessThanTheDelayBeforeItThenDelaysGoOnGrowing() {
		fail(4);
		this.backoff.opened(0);
		this.backoff.lost(seconds(3), true);
		assertThat(this.backoff.nextDelay()).hasMillis(8000);
	}

	@Test
	void whenConnectionWasOfNoUseThenItCountsAsFailedHoweverLongItLasted() {
		this.backoff.opened(0);
		this.backoff.lost(seconds(100), false);
		assertThat(this.backoff.nextAttempt()).isEqualTo(2);
	}

	@Test
	void whenItStartsOverThenNothingBeforeCounts() {
		fail(5);
		this.backoff.attemptFailed(true);
		this.backoff.nextDelay();
		this.backoff.reset();
		assertThat(this.backoff.nextAttempt()).isEqualTo(1);
		this.backoff.opened(0);
		this.backoff.lost(seconds(2), true);
		assertThat(this.backoff.nextAttempt()).isEqualTo(1);
		assertThat(this.backoff.nextDelay()).hasMillis(500);
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.backoff.attemptFailed(false);
			this.backoff.nextDelay();
		}
	}

	private static long seconds(int seconds) {
		return TimeUnit.SECONDS.toNanos(seconds);
	}

}

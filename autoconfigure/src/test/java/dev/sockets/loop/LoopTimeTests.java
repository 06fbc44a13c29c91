package dev.sockets.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopTimeTests {

	private static final long START = System.nanoTime();

	private final LoopTime time = new LoopTime(new LoopClock(), START);

	@Test
	void whenTheLoopLooksInTimeThenItsTimeGoesOnLikeAnyOther() {
		for (int i = 1; i <= 20; i++) {
			this.time.look(at(100 * i + 90));
			assertThat(this.time.isTickDue(at(100 * i + 90))).isTrue();
		}
		assertThat(this.time.at(at(2000))).isEqualTo(at(2000));
	}

	@Test
	void whenTheLoopIsHeldUpThenItsTimeStandsStillMeanwhile() {
		this.time.look(at(3100));
		assertThat(this.time.at(at(3100))).isEqualTo(at(100));
		assertThat(this.time.isTickDue(at(3100))).isTrue();
		this.time.look(at(3190));
		assertThat(this.time.at(at(3190))).isEqualTo(at(190));
		this.time.look(at(10_200));
		assertThat(this.time.at(at(10_200))).isEqualTo(at(200));
	}

	@Test
	void whenItsTimeStandsStillThenItNeverGoesBack() {
		long before = this.time.at(at(99));
		this.time.look(at(5000));
		assertThat(this.time.at(at(5000))).isGreaterThanOrEqualTo(before);
	}

	@Test
	void whenTheClockWasNotKeptThenALookBringsItUpToDate() {
		LoopClock clock = new LoopClock();
		clock.running(true);
		long stale = clock.nanos();
		LoopTime time = new LoopTime(clock, stale);
		long now = stale + TimeUnit.MILLISECONDS.toNanos(20);
		while (System.nanoTime() - now < 0) {
			Thread.onSpinWait();
		}
		assertThat(clock.nanos()).isEqualTo(stale);
		time.look(System.nanoTime());
		assertThat(clock.nanos() - now).isNotNegative();
	}

	@Test
	void whenTheLoopIsHeldUpThenPeersHaveCreditAlsoBeforeItHasLookedAndForAsLong() {
		assertThat(this.time.credit(at(300))).isZero();
		assertThat(this.time.credit(at(3100))).isEqualTo(at(3000) - START);
		this.time.look(at(3100));
		assertThat(this.time.credit(at(3100))).isEqualTo(at(3000) - START);
		assertThat(this.time.isTickDue(at(3100))).isTrue();
		assertThat(this.time.credit(at(4100))).isEqualTo(at(2900) - START);
		this.time.look(at(4100));
		assertThat(this.time.credit(at(4100))).isEqualTo(at(2900) - START);
		for (int millis = 4100; millis < 7100; millis += 100) {
			this.time.look(at(millis));
			this.time.isTickDue(at(millis));
		}
		assertThat(this.time.credit(at(7000))).isZero();
	}

	@Test
	void whenTheWholeJvmDidNotRunThenItsTimeStandsStillAlsoBeforeItHasLooked() {
		LoopClock clock = new LoopClock();
		clock.running(true);
		LoopTime time = new LoopTime(clock, clock.nanos());
		long before = time.nanos();
		sleepThrough(1000);
		clock.refresh();
		assertThat(time.nanos() - before).isLessThan(at(400) - START);
		time.look(clock.nanos());
		assertThat(time.nanos() - before).isLessThan(at(400) - START);
	}

	@Test
	void whenOnlyTheLoopIsHeldUpThenItsTimeGoesOnForOthersUntilItLooks() {
		LoopClock clock = new LoopClock();
		clock.running(true);
		awaitTimeSinceHeldUp(clock);
		LoopTime time = new LoopTime(clock, clock.nanos() - (at(5000) - START));
		assertThat(time.nanos()).isEqualTo(clock.nanos());
	}

	/** The test itself may have been held up while it made the clock. */
	private static void awaitTimeSinceHeldUp(LoopClock clock) {
		while (clock.wasJustHeldUp()) {
			sleepThrough(1);
			clock.refresh();
		}
	}

	private static void sleepThrough(long millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() - end < 0) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

	private static long at(long millis) {
		return START + TimeUnit.MILLISECONDS.toNanos(millis);
	}

}

package dev.sockets.loop;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * The time as the watchdog last saw it. Costs nothing to ask, on any thread, and is exact
 * to a few milliseconds while the loops have work; when they don't run it is the
 * system's.
 */
final class LoopClock {

	/** Nobody has run who would have refreshed the time. */
	private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** Within this time everybody runs again who did before. */
	private static final long RESUMING_NANOS = TimeUnit.SECONDS.toNanos(1);

	private volatile boolean running;

	private volatile long millis;

	private volatile long nanos = System.nanoTime();

	/** When the whole JVM went on after a time in which it did not run. */
	private volatile long resumed = this.nanos - RESUMING_NANOS;

	LoopClock() {
		refresh();
	}

	void refresh() {
		this.millis = System.currentTimeMillis();
		long now = System.nanoTime();
		if (now - this.nanos > GAP_NANOS) {
			this.resumed = now;
		}
		this.nanos = now;
	}

	/**
	 * Returns whether the whole JVM did not run for some time, so recently that not
	 * everybody may have seen it.
	 */
	boolean wasJustHeldUp() {
		return nanos() - this.resumed < RESUMING_NANOS;
	}

	/** Notes whether somebody refreshes the time. */
	void running(boolean running) {
		refresh();
		this.running = running;
	}

	/** Returns the time of day, in milliseconds since the epoch. */
	long millis() {
		return this.running ? this.millis : System.currentTimeMillis();
	}

	/** Returns the time for deadlines, as {@code System.nanoTime()}. */
	long nanos() {
		return this.running ? this.nanos : System.nanoTime();
	}

	Clock asClock() {
		return new CoarseClock(this, ZoneOffset.UTC);
	}

}

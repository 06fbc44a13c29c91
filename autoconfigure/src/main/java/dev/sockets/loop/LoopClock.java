package dev.sockets.loop;

import java.time.Clock;
import java.time.ZoneOffset;

/**
 * The time as the watchdog last saw it. Costs nothing to ask, on any thread, and is exact
 * to a few milliseconds while the loops have work; when they don't run it is the
 * system's.
 */
final class LoopClock {

	private volatile boolean running;

	private volatile long millis;

	private volatile long nanos;

	LoopClock() {
		refresh();
	}

	void refresh() {
		this.millis = System.currentTimeMillis();
		this.nanos = System.nanoTime();
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

package dev.sockets.loop;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
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

	/**
	 * Notes whether somebody refreshes the time.
	 * @param running whether the watchdog runs
	 */
	void running(boolean running) {
		refresh();
		this.running = running;
	}

	/**
	 * Returns the time of day.
	 * @return milliseconds since the epoch
	 */
	long millis() {
		return this.running ? this.millis : System.currentTimeMillis();
	}

	/**
	 * Returns the time for deadlines.
	 * @return a reading of {@code System.nanoTime()}
	 */
	long nanos() {
		return this.running ? this.nanos : System.nanoTime();
	}

	/**
	 * Returns the time of day for those who want a clock of the JDK's.
	 * @return a clock that shows this one's time
	 */
	Clock asClock() {
		return new View(this, ZoneOffset.UTC);
	}

	private static final class View extends Clock {

		private final LoopClock clock;

		private final ZoneId zone;

		View(LoopClock clock, ZoneId zone) {
			this.clock = clock;
			this.zone = zone;
		}

		@Override
		public ZoneId getZone() {
			return this.zone;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return new View(this.clock, zone);
		}

		@Override
		public long millis() {
			return this.clock.millis();
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(millis());
		}

	}

}

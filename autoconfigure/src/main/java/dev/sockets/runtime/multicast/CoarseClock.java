package dev.sockets.runtime.multicast;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time when a receiver last looked at it: exact to a few milliseconds while datagrams
 * come, and free.
 */
final class CoarseClock extends Clock {

	private volatile long millis;

	private volatile long nanos;

	CoarseClock() {
		refresh();
	}

	/** Looks at the system's clocks. */
	void refresh() {
		this.millis = System.currentTimeMillis();
		this.nanos = System.nanoTime();
	}

	/**
	 * Returns the time for intervals, as {@link System#nanoTime()} does.
	 */
	long nanos() {
		return this.nanos;
	}

	@Override
	public long millis() {
		return this.millis;
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(this.millis);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.tickMillis(zone);
	}

}

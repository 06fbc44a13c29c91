package dev.sockets.loop;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time of day of a {@link LoopClock}, for those who want a clock of the JDK's.
 */
final class CoarseClock extends Clock {

	private final LoopClock clock;

	private final ZoneId zone;

	CoarseClock(LoopClock clock, ZoneId zone) {
		this.clock = clock;
		this.zone = zone;
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new CoarseClock(this.clock, zone);
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

package dev.sockets.runtime.multicast;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What the watching thread makes of what it sees, once each tick of about two
 * milliseconds: whether a reading thread is held up by handlers.
 */
final class Suspicion {

	/** Handlers that take longer for a datagram, on average, are slow. */
	static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	/** Datagrams that handlers which aren't slow handle in a tick. */
	private static final int FEW = 40;

	/** Ticks in a row in which handlers handle fewer, after which they are slow. */
	private static final int SLOW_TICKS = 5;

	/** Ticks in a row without a datagram after which a thread that waits has blocked. */
	private static final int WAITING_TICKS = 2;

	/** The same of a thread that could run, but may have no processor. */
	private static final int RUNNABLE_TICKS = 6;

	private @Nullable Reading suspect;

	private long handled;

	private int stuck;

	private int slow;

	/**
	 * Looks at who has the turn.
	 * @param hold who has it; {@code null} for nobody
	 * @return the reading that is to be taken over; {@code null} for none
	 */
	@Nullable Reading heldUp(Reading.@Nullable Hold hold) {
		Reading reading = (hold != null) ? hold.reading() : null;
		if (reading == null || reading != this.suspect) {
			this.suspect = reading;
			this.handled = (reading != null) ? reading.handled() : 0;
			this.stuck = 0;
			this.slow = 0;
			return null;
		}
		long now = reading.handled();
		this.stuck = (now == this.handled) ? this.stuck + 1 : 0;
		this.slow = (now - this.handled < FEW) ? this.slow + 1 : 0;
		this.handled = now;
		return (isStuck(reading) || (this.stuck == 0 && this.slow >= SLOW_TICKS)) ? reading : null;
	}

	private boolean isStuck(Reading reading) {
		return this.stuck >= RUNNABLE_TICKS || (this.stuck >= WAITING_TICKS && reading.isWaiting());
	}

}

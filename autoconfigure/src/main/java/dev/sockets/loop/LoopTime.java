package dev.sockets.loop;

import java.util.concurrent.TimeUnit;

/**
 * The time of one loop, by which the deadlines of what it serves are measured: it stands
 * still while the loop is held up, by a handler or because the whole JVM does not run, as
 * the peers are not to blame for that. Belongs to who runs the loop, but for
 * {@link #nanos()} and {@link #credit}, which are open to all. What is called {@code now}
 * here is a reading of {@code System.nanoTime()}.
 */
final class LoopTime {

	/** Deadlines are looked at this often. */
	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	/** A look that comes this much later than planned was held up. */
	private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** What is older than this was not kept up to date. */
	private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final LoopClock clock;

	/** For how long the loop was held up until now. */
	private volatile long heldUp;

	/**
	 * The next tick in the loop's own time, which stands still from there on until a loop
	 * that is held up looks again. Not changed by that look, so that it goes with what
	 * was known of the time before and after.
	 */
	private volatile long nextTick;

	private final HeldUpCredit credit;

	LoopTime(LoopClock clock, long now) {
		this.clock = clock;
		this.nextTick = now + TICK_NANOS;
		this.credit = new HeldUpCredit(now);
	}

	/**
	 * Returns the time as the watchdog or the loop last saw it, exact to a few ms. When
	 * the whole JVM did not run just now it stands still already, wherever that was,
	 * although the loop has not looked yet.
	 */
	long nanos() {
		long heldUp = this.heldUp;
		long nanos = this.clock.nanos() - heldUp;
		long nextTick = this.nextTick;
		return (nanos - nextTick > LATE_NANOS && this.clock.wasJustHeldUp()) ? nextTick : nanos;
	}

	/** Returns the time as {@link #nanos()} does, but exactly. */
	long at(long now) {
		return now - this.heldUp;
	}

	/** The loop sees what time it is, before and after it waits for its sockets. */
	void look(long now) {
		if (now - this.clock.nanos() > STALE_NANOS) {
			this.clock.refresh();
		}
		long late = at(now) - this.nextTick;
		if (late > LATE_NANOS) {
			this.credit.add(late, now);
			this.heldUp += late;
		}
	}

	/**
	 * Returns what peers have to their credit because the loop was held up, also when it
	 * has not looked since.
	 * @return how long ago, in nanoseconds, what comes now may have been sent
	 */
	long credit(long now) {
		long late = at(now) - this.nextTick;
		return this.credit.left(now) + ((late > LATE_NANOS) ? late : 0);
	}

	/** Returns whether deadlines are to be looked at, and plans the next time. */
	boolean isTickDue(long now) {
		if (untilTick(now) > 0) {
			return false;
		}
		this.nextTick = at(now) + TICK_NANOS;
		return true;
	}

	/** Returns for how many nanoseconds nobody need look at deadlines. */
	long untilTick(long now) {
		return this.nextTick - at(now);
	}

}

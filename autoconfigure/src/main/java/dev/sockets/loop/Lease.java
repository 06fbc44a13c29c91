package dev.sockets.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

/**
 * Decides between a runner and the watchdog who runs the loop after a handler that takes
 * long. Each runner has one lease; its states are:
 *
 * <pre>
 * IDLE  --begin, runner-->  BUSY(since tick)    the runner is inside a selectable
 * BUSY  --end, runner---->  IDLE                in time: the runner goes on
 * BUSY  --take, watchdog---->  TAKEN               too late: the watchdog starts another runner
 * TAKEN --end, runner---->  TAKEN               the runner learns that it is late
 * IDLE  --begin---------->  UNGUARDED           the same, but nobody may take it
 * UNGUARDED --guard------>  BUSY(since tick)    from now on the watchdog may
 * BUSY  --unguard-------->  UNGUARDED           in time; when TAKEN the runner is late
 * </pre>
 *
 * <p>
 * {@code begin} is one ordered write; {@code end} and {@code take} compare and set the
 * same word, so exactly one of them wins. What the runner wrote before {@code begin} (its
 * list of ready selectables) is visible to the watchdog after a successful {@code take};
 * from then on the list belongs to the watchdog, and the late runner keeps only the
 * selectable it is in, which is {@linkplain Registration#hold() held} until it gives it
 * back. A late runner never begins again.
 */
final class Lease {

	static final long IDLE = 0;

	private static final long TAKEN = -1;

	static final long UNGUARDED = -2;

	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(Lease.class, "state", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private volatile long state = IDLE;

	private long begun;

	private volatile boolean offered;

	private @Nullable Registration registration;

	void begin(Registration registration, long tick) {
		this.registration = registration;
		this.begun = registration.selectable().guarded() ? tick : UNGUARDED;
		STATE.setRelease(this, this.begun);
	}

	/**
	 * Ends the lease.
	 * @return {@code false} when it was taken, and the calling runner is late
	 */
	boolean end() {
		return STATE.compareAndSet(this, this.begun, IDLE);
	}

	/** What an unguarded runner does from now on may take long. */
	void guard(long tick) {
		this.begun = tick;
		STATE.setRelease(this, tick);
	}

	/**
	 * Ends what began with {@link #guard}.
	 * @return {@code false} when the lease was taken, and the calling runner is late
	 */
	boolean unguard() {
		if (STATE.compareAndSet(this, this.begun, UNGUARDED)) {
			this.begun = UNGUARDED;
			return true;
		}
		return false;
	}

	/** Says whether the runner wants to be taken the lease before it is late. */
	void offer(boolean offered) {
		if (this.offered != offered) {
			this.offered = offered;
		}
	}

	boolean isOffered() {
		return this.offered;
	}

	/**
	 * Returns when the lease began.
	 * @return the tick; not positive when there is no lease that could be taken
	 */
	long since() {
		return this.state;
	}

	/**
	 * Takes the lease away from its runner.
	 * @param since when it began, as seen by the caller
	 * @return whether it was taken
	 */
	boolean take(long since) {
		return STATE.compareAndSet(this, since, TAKEN);
	}

	/**
	 * Returns whether another runner has the loop.
	 * @return whether it was taken
	 */
	boolean isTaken() {
		return this.state == TAKEN;
	}

	@Nullable Registration registration() {
		return this.registration;
	}

}

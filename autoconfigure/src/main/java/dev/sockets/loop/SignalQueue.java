package dev.sockets.loop;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * What one loop is to serve although no socket is ready: selectables that were sent
 * signals, and those that a late runner has left. Any thread adds; only who runs the loop
 * takes. The elements are linked by fields of their own, so that adding needs no memory:
 * what were lost when there is none would wait for good.
 */
final class SignalQueue {

	/** The newest first. */
	private final AtomicReference<@Nullable Registration> signalled = new AtomicReference<>();

	private final AtomicReference<@Nullable LoopRunner> left = new AtomicReference<>();

	/** Taken from those signalled, the oldest first; guarded by the monitor. */
	private volatile @Nullable Registration taken;

	boolean isEmpty() {
		return this.taken == null && this.signalled.get() == null && this.left.get() == null;
	}

	/** Signals wait for a selectable, where none did before. */
	void add(Registration registration) {
		Registration newest;
		do {
			newest = this.signalled.get();
			registration.nextSignalled(newest);
		}
		while (!this.signalled.compareAndSet(newest, registration));
	}

	/**
	 * Takes the one whose signals have waited longest.
	 * @return its registration; {@code null} when no signals wait
	 */
	@Nullable Registration next() {
		return (this.taken == null && this.signalled.get() == null) ? null : takeOldest();
	}

	private synchronized @Nullable Registration takeOldest() {
		Registration oldest = this.taken;
		if (oldest == null) {
			oldest = reversed(this.signalled.getAndSet(null));
		}
		if (oldest != null) {
			this.taken = oldest.nextSignalled();
			oldest.nextSignalled(null);
		}
		return oldest;
	}

	private static @Nullable Registration reversed(@Nullable Registration newest) {
		Registration oldest = null;
		Registration registration = newest;
		while (registration != null) {
			Registration older = registration.nextSignalled();
			registration.nextSignalled(oldest);
			oldest = registration;
			registration = older;
		}
		return oldest;
	}

	/**
	 * A late runner has left the selectable that it was inside.
	 * @param runner the runner, which does so once
	 */
	void leave(LoopRunner runner) {
		LoopRunner before;
		do {
			before = this.left.get();
			runner.nextLeft(before);
		}
		while (!this.left.compareAndSet(before, runner));
	}

	/** Lets what late runners have left be served again. */
	void releaseLeft() {
		LoopRunner runner;
		while ((runner = pollLeft()) != null) {
			Registration registration = runner.lease().registration();
			if (registration != null) {
				registration.release();
			}
		}
	}

	private @Nullable LoopRunner pollLeft() {
		LoopRunner runner;
		do {
			runner = this.left.get();
		}
		while (runner != null && !this.left.compareAndSet(runner, runner.nextLeft()));
		return runner;
	}

}

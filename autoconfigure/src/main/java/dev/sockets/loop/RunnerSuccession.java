package dev.sockets.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Who runs an event loop: a first runner, and another one each time the present one has
 * been in one selectable too long or has died.
 */
final class RunnerSuccession {

	private final EventLoop loop;

	private final Watchdog watchdog;

	private final Function<LoopRunner, LoopThread> threads;

	/** How many late runners are still inside a selectable. */
	private final AtomicInteger late = new AtomicInteger();

	private volatile @Nullable LoopThread thread;

	/** Who has lost the loop, until another runner has it; used by the watchdog. */
	private @Nullable LoopRunner predecessor;

	RunnerSuccession(EventLoop loop, Watchdog watchdog, Function<LoopRunner, LoopThread> threads) {
		this.loop = loop;
		this.watchdog = watchdog;
		this.threads = threads;
	}

	void launchFirst() {
		launch(new Registration[0]);
	}

	/** Returns whether there is a thread that runs the loop, or has run it. */
	boolean haveBegun() {
		LoopThread thread = this.thread;
		return thread != null && thread.getState() != Thread.State.NEW;
	}

	/** Returns whether a thread is the one that runs the loop now. */
	boolean isPresent(Thread thread) {
		return thread == this.thread;
	}

	/** Ends a pause of the thread that runs the loop now. */
	void unpark() {
		LockSupport.unpark(this.thread);
	}

	/** A late runner has left the selectable that it was inside. */
	void lateHasLeft() {
		this.late.decrementAndGet();
	}

	/** Returns whether nobody runs the loop although somebody should. */
	boolean haveDied() {
		LoopThread thread = this.thread;
		return thread != null && hasDied(thread);
	}

	private boolean hasDied(Thread thread) {
		return !this.loop.end().hasBegun() && thread.getState() == Thread.State.TERMINATED;
	}

	/**
	 * Looks whether another runner is to go on. Called by the watchdog only.
	 * @param tick the watchdog's time
	 * @return whether a handler is running
	 */
	boolean watch(long tick) {
		LoopThread thread = this.thread;
		if (thread == null) {
			return false;
		}
		Lease lease = thread.runner().lease();
		long since = lease.since();
		if (since != Lease.IDLE) {
			this.loop.selector().sendBatch();
		}
		if (hasDied(thread)) {
			this.predecessor = thread.runner();
		}
		else if (since > 0 && isLate(lease, since, tick, thread) && lease.take(since)) {
			this.late.incrementAndGet();
			this.predecessor = thread.runner();
			Registration registration = lease.registration();
			if (registration != null) {
				registration.hold();
			}
		}
		LoopRunner predecessor = this.predecessor;
		if (predecessor != null) {
			launch(predecessor.remaining());
			this.predecessor = null;
		}
		return since != Lease.IDLE || this.late.get() > 0;
	}

	private static boolean isLate(Lease lease, long since, long tick, Thread thread) {
		return tick - since >= Watchdog.patience(thread) || lease.isOffered();
	}

	private void launch(Registration[] ready) {
		LoopThread thread = this.threads.apply(new LoopRunner(this.loop, this.watchdog, ready));
		this.thread = thread;
		thread.start();
	}

}

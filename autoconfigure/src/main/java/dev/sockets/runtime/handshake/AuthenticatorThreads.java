package dev.sockets.runtime.handshake;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * The few threads on which an endpoint asks its authenticator at a time, which may block
 * or compute for long; who comes then waits, in order. Open to all threads.
 */
final class AuthenticatorThreads {

	/** Enough for one that waits, and no more than computes while others are served. */
	static final int MOST = 16;

	private final Executor executor;

	/** Guarded by this object's monitor. */
	private final Set<FutureTask<?>> waiting = new LinkedHashSet<>();

	/** Guarded by this object's monitor. */
	private int busy;

	AuthenticatorThreads(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Runs a task on one of the threads.
	 * @param task throws nothing
	 * @return takes it back, or interrupts it, when it is cancelled by {@link #cancel}
	 */
	Future<?> submit(Runnable task) {
		FutureTask<?> future = new FutureTask<>(task, null);
		if (mayBegin(future)) {
			try {
				this.executor.execute(() -> run(future));
			}
			catch (Throwable ex) {
				notBegun();
				throw ex;
			}
		}
		return future;
	}

	/**
	 * Nobody wants the end of a task any more.
	 * @param task what {@link #submit} has returned
	 */
	void cancel(Future<?> task) {
		task.cancel(true);
		synchronized (this) {
			this.waiting.remove(task);
		}
	}

	private synchronized boolean mayBegin(FutureTask<?> task) {
		if (this.busy == MOST) {
			this.waiting.add(task);
			return false;
		}
		this.busy++;
		return true;
	}

	private synchronized void notBegun() {
		this.busy--;
	}

	private void run(FutureTask<?> first) {
		FutureTask<?> task = first;
		while (task != null) {
			task.run();
			// meant for the task that has ended
			Thread.interrupted();
			task = next();
		}
	}

	private synchronized @Nullable FutureTask<?> next() {
		Iterator<FutureTask<?>> tasks = this.waiting.iterator();
		if (!tasks.hasNext()) {
			this.busy--;
			return null;
		}
		FutureTask<?> next = tasks.next();
		tasks.remove();
		return next;
	}

}

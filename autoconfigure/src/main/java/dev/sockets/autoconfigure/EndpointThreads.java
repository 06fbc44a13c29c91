package dev.sockets.autoconfigure;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The threads of a pool that one run of an endpoint may have for its handlers at a time:
 * however many of them block, the other endpoints have theirs. What comes then waits, in
 * order.
 */
final class EndpointThreads implements Executor {

	private final Executor pool;

	private final int most;

	/** Guarded by this object's monitor. A connection is in it at most once. */
	private final Queue<Runnable> waiting = new ArrayDeque<>();

	/** Guarded by this object's monitor. */
	private int busy;

	/**
	 * Creates the share of a run.
	 * @param pool has a thread for whoever wants one
	 * @param most how many the run may have
	 */
	EndpointThreads(Executor pool, int most) {
		this.pool = pool;
		this.most = most;
	}

	@Override
	public void execute(Runnable task) {
		if (!mayBegin(task)) {
			return;
		}
		try {
			this.pool.execute(() -> run(task));
		}
		catch (Throwable ex) {
			run(next());
			throw ex;
		}
	}

	private synchronized boolean mayBegin(Runnable task) {
		if (this.busy == this.most) {
			this.waiting.add(task);
			return false;
		}
		this.busy++;
		return true;
	}

	private void run(@Nullable Runnable first) {
		Runnable task = first;
		while (task != null) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				Thread thread = Thread.currentThread();
				thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			}
			finally {
				task = next();
			}
		}
	}

	private synchronized @Nullable Runnable next() {
		Runnable next = this.waiting.poll();
		if (next == null) {
			this.busy--;
		}
		return next;
	}

}

package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import dev.sockets.runtime.Callbacks;

/**
 * The threads of one run of an endpoint: those that a handler of a former run keeps are
 * none of them. Open to all threads.
 */
final class RunThreads implements Executor {

	/** Nobody should wait longer for a thread. */
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Executor executor;

	private final LongSupplier nanos;

	private final Runnable begun;

	/** Tasks that have no thread yet. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** When one last got a thread, or began to wait when none did. */
	private volatile long since;

	/**
	 * Creates a run's threads.
	 * @param executor has them
	 * @param nanos the time, which stands still while this side is held up
	 * @param begun done when a task has got a thread, by that
	 */
	RunThreads(Executor executor, LongSupplier nanos, Runnable begun) {
		this.executor = executor;
		this.nanos = nanos;
		this.begun = begun;
	}

	@Override
	public void execute(Runnable task) {
		if (this.waiting.get() == 0) {
			this.since = this.nanos.getAsLong();
		}
		this.waiting.incrementAndGet();
		try {
			this.executor.execute(() -> run(task));
		}
		catch (Throwable ex) {
			this.waiting.decrementAndGet();
			throw ex;
		}
	}

	private void run(Runnable task) {
		this.since = this.nanos.getAsLong();
		this.waiting.decrementAndGet();
		this.begun.run();
		Callbacks.run(task);
	}

	/**
	 * Returns whether messages have waited for a thread for long.
	 * @return whether all threads are blocked
	 */
	boolean areBlocked() {
		return this.waiting.get() > 0 && this.nanos.getAsLong() - this.since > LONG_NANOS;
	}

}

package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.Callbacks;
import dev.sockets.runtime.Outages;

/**
 * Runs the handlers and listeners of one endpoint that no event loop runs, and knows when
 * there has been no thread for them for long, as all are blocked. Open to all threads.
 */
final class MessageThreads implements Executor {

	private static final Object THREADS = "threads";

	/** Nobody should wait longer for a thread. */
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Executor executor;

	private final LongSupplier nanos;

	/** Tasks that have no thread yet. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** When one last got a thread, or began to wait when none did. */
	private volatile long since;

	private volatile @Nullable Outages outages;

	private volatile boolean told;

	/**
	 * Creates an endpoint's threads.
	 * @param executor has them
	 * @param nanos the time, which stands still while this side is held up
	 */
	MessageThreads(Executor executor, LongSupplier nanos) {
		this.executor = executor;
		this.nanos = nanos;
	}

	/**
	 * Tells of times without a thread from now on.
	 * @param outages are told
	 */
	void tell(Outages outages) {
		this.outages = outages;
	}

	/** The endpoint starts. */
	void begin() {
		Outages outages = this.outages;
		if (outages != null) {
			outages.clear();
		}
		this.told = false;
	}

	@Override
	public void execute(Runnable task) {
		if (this.waiting.getAndIncrement() == 0) {
			this.since = this.nanos.getAsLong();
		}
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
		if (this.told) {
			look();
		}
		Callbacks.run(task);
	}

	/**
	 * Returns whether messages have waited for a thread for long.
	 * @return whether all threads are blocked
	 */
	boolean areBlocked() {
		return this.waiting.get() > 0 && this.nanos.getAsLong() - this.since > LONG_NANOS;
	}

	/** Tells when they become blocked, or are no more. Called about each tick. */
	void look() {
		boolean blocked = areBlocked();
		Outages outages = this.outages;
		if (blocked == this.told || outages == null) {
			return;
		}
		this.told = blocked;
		if (blocked) {
			outages.begin(THREADS, SocketErrorCode.HANDLER_FAILED,
					"all threads for its handlers are blocked, so messages wait; see sockets.pool-size", null);
		}
		else {
			outages.end(THREADS);
		}
	}

}

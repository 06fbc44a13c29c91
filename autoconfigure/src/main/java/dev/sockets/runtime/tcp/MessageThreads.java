package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.runtime.Outages;

/**
 * Runs the handlers and listeners of one endpoint that no event loop runs, those of each
 * run of the endpoint on threads of their own, and knows when there has been no thread
 * for them for long, as all are blocked. Open to all threads.
 */
public final class MessageThreads implements Executor {

	private static final Object THREADS = "threads";

	private final Supplier<Executor> executors;

	private final LongSupplier nanos;

	private volatile RunThreads present;

	private volatile @Nullable Outages outages;

	private volatile boolean told;

	/**
	 * Creates an endpoint's threads.
	 * @param executors asked by each run for its threads
	 * @param nanos the time, which stands still while this side is held up
	 */
	MessageThreads(Supplier<Executor> executors, LongSupplier nanos) {
		this.executors = executors;
		this.nanos = nanos;
		this.present = newRun();
	}

	private RunThreads newRun() {
		return new RunThreads(this.executors.get(), this.nanos, this::begun);
	}

	/**
	 * Tells of times without a thread from now on.
	 * @param outages are told
	 */
	public void tell(Outages outages) {
		this.outages = outages;
	}

	/** The endpoint starts, with all threads free. */
	public void begin() {
		this.present = newRun();
		Outages outages = this.outages;
		if (outages != null) {
			outages.clear();
		}
		this.told = false;
	}

	/** Returns the threads of the run that is under way. */
	RunThreads present() {
		return this.present;
	}

	@Override
	public void execute(Runnable task) {
		this.present.execute(task);
	}

	private void begun() {
		if (this.told) {
			look();
		}
	}

	/** Tells when they become blocked, or are no more. Called about each tick. */
	public void look() {
		boolean blocked = this.present.areBlocked();
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

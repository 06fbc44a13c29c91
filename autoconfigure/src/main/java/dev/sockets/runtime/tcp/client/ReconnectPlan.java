package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Reconnect;

/**
 * Whether a client is to have a connection without the application's doing anything for
 * it, and when it tries to get one. One attempt is planned at a time: whatever happens to
 * the client makes an older plan pointless. Guarded by the connector's lock, but for
 * {@link #openFor()}.
 */
final class ReconnectPlan {

	private final Backoff backoff;

	private final Duration initialDelay;

	private final Executor executor;

	private final ReentrantLock lock;

	private final IntConsumer connect;

	/** Whether there is a connection, or is to be one. */
	private boolean wanted;

	/** Counts what makes a planned attempt pointless. */
	private int number;

	/** Cancelled when its attempt is pointless, as it keeps the client. */
	private CompletableFuture<Void> timer = CompletableFuture.completedFuture(null);

	/**
	 * Creates a plan for no connection.
	 * @param reconnect when to try again
	 * @param executor runs planned attempts
	 * @param lock the connector's
	 * @param connect gets the number of a plan whose time has come
	 */
	ReconnectPlan(Reconnect reconnect, Executor executor, ReentrantLock lock, IntConsumer connect) {
		this.backoff = new Backoff(reconnect);
		this.initialDelay = reconnect.initialDelay();
		this.executor = executor;
		this.lock = lock;
		this.connect = connect;
	}

	boolean isWanted() {
		return this.wanted;
	}

	boolean isCurrent(int number) {
		return number == this.number;
	}

	/** Plans an attempt for now, on another thread: the first in a row. */
	void beginSoon() {
		this.wanted = true;
		beginAnew();
		plan(Duration.ZERO);
	}

	/** An attempt is asked for: the first in a row, unless there was to be one anyway. */
	void asked() {
		if (!this.wanted) {
			this.backoff.reset();
		}
	}

	/** The next attempt is the first in a row, whatever was before. */
	void beginAnew() {
		this.backoff.reset();
	}

	/**
	 * An attempt begins.
	 * @return its number, 1 for the first in a row
	 */
	int begin() {
		this.wanted = true;
		this.number++;
		return this.backoff.nextAttempt();
	}

	void opened() {
		this.backoff.opened(System.nanoTime());
	}

	/**
	 * Returns how long ago the last connection was opened.
	 * @return the time in nanoseconds
	 */
	long openFor() {
		return this.backoff.openFor(System.nanoTime());
	}

	/**
	 * The connection was lost.
	 * @param useful whether it was of any use
	 * @param running whether the client runs
	 * @return the delay until the next attempt; {@code null} when there is to be none
	 */
	@Nullable Duration lost(boolean useful, boolean running) {
		this.backoff.lost(System.nanoTime(), useful);
		return planNext(running);
	}

	/**
	 * An attempt has failed.
	 * @param refused whether because the peer does not let this side in
	 * @param running whether the client runs
	 * @return the delay until the next; {@code null} when there is to be none
	 */
	@Nullable Duration attemptFailed(boolean refused, boolean running) {
		this.backoff.attemptFailed(refused);
		return planNext(running);
	}

	/** The connection was closed on purpose. */
	void closed() {
		this.wanted = false;
	}

	/** No attempt is to be made until one is asked for. */
	void giveUp() {
		this.wanted = false;
		this.number++;
		this.timer.cancel(false);
		this.backoff.reset();
	}

	private @Nullable Duration planNext(boolean running) {
		Duration delay = (this.wanted && running) ? this.backoff.nextDelay() : null;
		if (delay == null) {
			this.wanted = false;
			return null;
		}
		plan(delay);
		return delay;
	}

	private void plan(Duration delay) {
		int planned = ++this.number;
		this.timer.cancel(false);
		this.timer = new CompletableFuture<Void>().completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS);
		this.timer.thenRun(() -> executeAsPlanned(planned, () -> this.connect.accept(planned)));
	}

	/** Plans again when no thread can be had, as nobody else would. */
	private void executeAsPlanned(int planned, Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			this.lock.lock();
			try {
				if (isCurrent(planned)) {
					plan(this.initialDelay);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

}

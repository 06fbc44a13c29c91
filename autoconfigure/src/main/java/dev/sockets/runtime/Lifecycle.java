package dev.sockets.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The life of one endpoint, any number of times:
 *
 * <pre>
 * STOPPED  --start----------------&gt;  STARTING   the caller of start() opens it
 * STARTING --opened---------------&gt;  RUNNING    that it started is told, then it takes messages
 * STARTING --could not be opened--&gt;  STOPPED
 * RUNNING  --stop-----------------&gt;  STOPPING   what came in is handled, for the grace period at most
 * STOPPING --all was handled------&gt;  STOPPED    that it stopped is told
 * </pre>
 *
 * <p>
 * Only one thread starts it at a time, and none before it was told that it stopped. Who
 * stops it while a listener is told that it started stops it after that.
 */
public final class Lifecycle {

	/** What an endpoint of some kind does when it starts and stops. */
	public interface Steps {

		/**
		 * Opens what the endpoint needs. Nothing is to be left open when it throws.
		 * @throws IOException when that can't be opened
		 */
		void open() throws IOException;

		/** Tells that the endpoint has started, and lets messages in. */
		void opened();

		/**
		 * Takes in nothing more and begins to close.
		 * @return completed when nothing more comes in
		 */
		CompletableFuture<Void> beginClosing();

		/** Everything is closed: tells that the endpoint has stopped. */
		void closed();

	}

	/** What an endpoint runs on, and what it has under way. */
	public interface Work {

		/**
		 * Gets the threads it runs on.
		 * @throws IOException when there are none to be had
		 */
		default void acquire() throws IOException {
		}

		/** Gives back those threads. */
		default void release() {
		}

		/**
		 * Returns whether the calling thread is inside a handler or listener without
		 * whose end the endpoint does not stop.
		 * @return whether it is known to be
		 */
		default boolean isCalling() {
			return false;
		}

		/**
		 * Returns whether the calling thread might be inside one.
		 * @return {@code false} when it is known not to be
		 */
		default boolean mayBeCalling() {
			return isCalling();
		}

		/**
		 * Waits for what has come in; asked when nothing more does.
		 * @return completed when all of it was handled
		 */
		default CompletableFuture<Void> whenHandled() {
			return CompletableFuture.completedFuture(null);
		}

		/** The grace period is over: drops what waits, and interrupts handlers. */
		default void cutOff() {
		}

	}

	private enum State {

		STOPPED, STARTING, RUNNING, STOPPING

	}

	private static final Log logger = LogFactory.getLog(Lifecycle.class);

	private static final Duration LAST_WAIT = Duration.ofSeconds(1);

	private static final Duration MARGIN = Duration.ofSeconds(5);

	/** Held while it starts. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Steps steps;

	private final Work work;

	private final Duration grace;

	private volatile State state = State.STOPPED;

	/** The end of the last stop, or of the one under way. */
	private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	/** The thread that is inside a step of the stop under way. */
	private volatile @Nullable Thread stopping;

	/**
	 * Creates the life of an endpoint that has not started.
	 * @param steps what it does; their text names the endpoint
	 * @param work what it runs on, and has under way
	 * @param grace how long stopping waits for handlers
	 */
	public Lifecycle(Steps steps, Work work, Duration grace) {
		this.steps = steps;
		this.work = work;
		this.grace = grace;
	}

	/**
	 * Returns whether the endpoint has started and nobody has stopped it.
	 * @return whether it runs
	 */
	public boolean isRunning() {
		return this.state == State.RUNNING;
	}

	/**
	 * Returns whether the endpoint waits for what is under way.
	 * @return whether it was stopped and that has not ended
	 */
	public boolean isStopping() {
		return this.state == State.STOPPING;
	}

	/**
	 * Starts the endpoint unless it is running; waits for the end of stopping first.
	 * @return whether it was started by this call
	 * @throws SocketOperationException with code {@code SHUTTING_DOWN} when stopping
	 * doesn't end, or would have to wait for the caller
	 */
	public boolean start() {
		lockWhenStopped();
		try {
			if (this.state == State.RUNNING) {
				return false;
			}
			open();
			tellOpened();
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			boolean stoppedMeanwhile = this.state == State.STOPPING;
			this.lock.unlock();
			if (stoppedMeanwhile) {
				close();
			}
		}
	}

	/** Another thread may begin to stop again before this one has the lock. */
	private void lockWhenStopped() {
		while (true) {
			CompletableFuture<Void> stopped = this.stopped;
			if (!stopped.isDone() && !isInStep() && !this.work.isCalling()) {
				await(stopped);
			}
			this.lock.lock();
			if (this.stopped.isDone() && this.state != State.STARTING) {
				return;
			}
			this.lock.unlock();
			if (this.state == State.STARTING && isInStep()) {
				throw new IllegalStateException(this.steps + " is being started by the calling thread");
			}
			if (!stopped.isDone()) {
				throw new SocketOperationException(SocketErrorCode.SHUTTING_DOWN,
						this.steps + " cannot start while it is stopping");
			}
		}
	}

	private void open() throws IOException {
		this.state = State.STARTING;
		try {
			this.work.acquire();
			openSteps();
			this.state = State.RUNNING;
		}
		finally {
			if (this.state == State.STARTING) {
				this.state = State.STOPPED;
			}
		}
	}

	private void openSteps() throws IOException {
		try {
			this.steps.open();
		}
		catch (Throwable ex) {
			this.work.release();
			throw ex;
		}
	}

	private void tellOpened() {
		try {
			this.steps.opened();
		}
		catch (Throwable ex) {
			beginStop();
			throw ex;
		}
	}

	/**
	 * Stops the endpoint and waits for it, unless it would have to wait for the caller.
	 */
	public void stop() {
		CompletableFuture<Void> stopped = beginStop();
		if (!stopped.isDone() && !isInStep() && !this.work.mayBeCalling()) {
			await(stopped);
		}
	}

	/**
	 * Begins to stop the endpoint unless that was begun.
	 * @return completed when it has stopped
	 */
	public CompletableFuture<Void> beginStop() {
		CompletableFuture<Void> stopped;
		boolean starting;
		this.lock.lock();
		try {
			if (this.state != State.RUNNING) {
				return this.stopped;
			}
			starting = this.lock.getHoldCount() > 1;
			stopped = new CompletableFuture<>();
			this.stopped = stopped;
			this.state = State.STOPPING;
		}
		finally {
			this.lock.unlock();
		}
		if (!starting) {
			close();
		}
		return stopped;
	}

	/** A listener calls, who is told of what the thread does. */
	private boolean isInStep() {
		return this.lock.isHeldByCurrentThread() || this.stopping == Thread.currentThread();
	}

	/** Calls listeners, so the lock is not held. */
	private void close() {
		CompletableFuture<Void> closed = beginClosing();
		CompletableFuture<Void> handled = closed.handle((result, failure) -> this.work.whenHandled())
			.thenCompose(Function.identity());
		CompletableFuture.allOf(closed, handled).whenComplete((result, failure) -> finish(failure));
		after(this.grace, handled, () -> cutOff(handled));
	}

	private CompletableFuture<Void> beginClosing() {
		this.stopping = Thread.currentThread();
		try {
			return this.steps.beginClosing();
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			this.stopping = null;
		}
	}

	/**
	 * Cuts off what is under way after the grace period, and waits no longer after
	 * another second for handlers that do not return even then.
	 */
	private void cutOff(CompletableFuture<Void> handled) {
		after(LAST_WAIT, handled, () -> {
			logger.warn("A handler of " + this.steps
					+ " has not returned within the grace period; it stops without that handler");
			handled.complete(null);
		});
		lastStep(this.work::cutOff);
	}

	private static void after(Duration delay, CompletableFuture<Void> unless, Runnable action) {
		if (!unless.isDone()) {
			CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
				if (!unless.isDone()) {
					action.run();
				}
			});
		}
	}

	private void finish(@Nullable Throwable failure) {
		this.stopping = Thread.currentThread();
		this.state = State.STOPPED;
		if (failure != null) {
			notInOrder(failure);
		}
		lastStep(this.steps::closed);
		lastStep(this.work::release);
		this.stopping = null;
		this.stopped.complete(null);
	}

	private void lastStep(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			notInOrder(ex);
		}
	}

	private void notInOrder(Throwable failure) {
		logger.warn(this.steps + " could not be stopped in order", failure);
	}

	private void await(CompletableFuture<Void> stopped) {
		try {
			stopped.get(this.grace.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.warn(this.steps + " takes longer to stop than its grace period");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

}

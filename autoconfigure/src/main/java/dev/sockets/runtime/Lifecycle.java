package dev.sockets.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

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
 * stops it while a listener is told that it started stops it after that. Who starts it in
 * a handler or listener while it is stopping has it started after that.
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
		 * Returns whether the calling thread may be inside a handler or listener that
		 * {@link Callbacks} doesn't know of.
		 * @return {@code false} when it is known not to be
		 */
		default boolean mayBeCalling() {
			return false;
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

	private static final SafeLog logger = SafeLog.of(Lifecycle.class);

	private enum State {

		STOPPED, STARTING, RUNNING, STOPPING

	}

	/** Held while it starts. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Steps steps;

	private final Work work;

	private final Duration grace;

	private volatile State state = State.STOPPED;

	/** The last one, or the one under way. */
	private volatile Stop stop;

	/**
	 * Done after it was started again; {@code null} when it is not to be. Guarded by the
	 * lock.
	 */
	private @Nullable Runnable again;

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
		this.stop = newStop();
		this.stop.end();
	}

	private Stop newStop() {
		return new Stop(this.steps, this.work, this.grace, () -> this.state = State.STOPPED);
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
	 * Starts the endpoint unless it is running; waits for the end of stopping first. A
	 * handler or listener of any endpoint does not wait, as that end may wait for it: the
	 * endpoint is started when it has stopped, unless somebody stops it again before.
	 * @param started done after it was started by this call, perhaps on another thread
	 * @return whether it was started by this call, and not later
	 * @throws SocketOperationException with code {@code SHUTTING_DOWN} when stopping
	 * doesn't end
	 */
	public boolean start(Runnable started) {
		if (startsLater(started)) {
			return false;
		}
		lockWhenStopped();
		return startLocked(started);
	}

	/**
	 * Starts the endpoint, and does nothing then.
	 * @return whether it was started by this call, and not later
	 * @see #start(Runnable)
	 */
	public boolean start() {
		return start(() -> {
		});
	}

	private boolean startsLater(Runnable started) {
		Stop stop = this.stop;
		if (stop.hasEnded() || !isCalled()) {
			return false;
		}
		this.lock.lock();
		try {
			if (stop != this.stop || stop.hasEnded()) {
				return false;
			}
			this.again = started;
		}
		finally {
			this.lock.unlock();
		}
		stop.whenEnded().thenRun(() -> Stop.onThread(this::startAgain, "sockets-start"));
		return true;
	}

	private void startAgain() {
		lockWhenStopped();
		Runnable started = this.again;
		this.again = null;
		if (started == null) {
			this.lock.unlock();
			return;
		}
		try {
			startLocked(started);
		}
		catch (Throwable ex) {
			logger.error(this.steps + " was stopped to be started again, but could not be started", ex);
		}
	}

	private boolean startLocked(Runnable started) {
		boolean now = false;
		try {
			if (this.state != State.RUNNING) {
				open();
				tellOpened();
				now = true;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			boolean stoppedMeanwhile = this.state == State.STOPPING;
			this.lock.unlock();
			if (stoppedMeanwhile) {
				this.stop.begin();
			}
		}
		if (now) {
			started.run();
		}
		return now;
	}

	/** Another thread may begin to stop again before this one has the lock. */
	private void lockWhenStopped() {
		while (true) {
			Stop stop = this.stop;
			if (!stop.hasEnded() && !isCalled()) {
				stop.await();
			}
			this.lock.lock();
			if (this.stop.hasEnded() && this.state != State.STARTING) {
				return;
			}
			this.lock.unlock();
			if (this.state == State.STARTING && isInStep()) {
				throw new IllegalStateException(this.steps + " is being started by the calling thread");
			}
			if (!stop.hasEnded()) {
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
	 * Stops the endpoint and waits for it. A handler or listener of any endpoint does not
	 * wait, as the end may wait for it.
	 */
	public void stop() {
		Stop stop = begin();
		if (!stop.hasEnded() && !isCalled()) {
			stop.await();
		}
	}

	/**
	 * Begins to stop the endpoint unless that was begun.
	 * @return completed when it has stopped
	 */
	public CompletableFuture<Void> beginStop() {
		return begin().whenEnded();
	}

	private Stop begin() {
		Stop stop;
		boolean starting;
		this.lock.lock();
		try {
			this.again = null;
			if (this.state != State.RUNNING) {
				return this.stop;
			}
			starting = this.lock.getHoldCount() > 1;
			stop = newStop();
			this.stop = stop;
			this.state = State.STOPPING;
		}
		finally {
			this.lock.unlock();
		}
		if (!starting) {
			stop.begin();
		}
		return stop;
	}

	private boolean isCalled() {
		return isInStep() || Callbacks.isInside() || this.work.mayBeCalling();
	}

	/** A listener calls, who is told of what the thread does. */
	private boolean isInStep() {
		return this.lock.isHeldByCurrentThread() || this.stop.isInStep();
	}

}

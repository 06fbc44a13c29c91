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
 * The life of one endpoint, as {@link LifecycleState} tells it. Only one thread starts it
 * at a time, and none before it was told that it stopped. Who stops it while a listener
 * is told that it started stops it after that. Who starts it in a handler or listener
 * while it is stopping has it started after that.
 */
public final class Lifecycle {

	private static final SafeLog logger = SafeLog.of(Lifecycle.class);

	/** Held while it opens. */
	private final ReentrantLock lock = new ReentrantLock();

	private final LifecycleSteps steps;

	private final LifecycleWork work;

	private final Duration grace;

	private volatile LifecycleState state = LifecycleState.STOPPED;

	/** The last one, or the one under way. */
	private volatile Stop stop;

	/**
	 * The thread that tells its listeners that it has started. Written under the lock.
	 */
	private volatile @Nullable Thread teller;

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
	public Lifecycle(LifecycleSteps steps, LifecycleWork work, Duration grace) {
		this.steps = steps;
		this.work = work;
		this.grace = grace;
		this.stop = newStop();
		this.stop.end();
	}

	private Stop newStop() {
		return new Stop(this.steps, this.work, this.grace, () -> this.state = LifecycleState.STOPPED);
	}

	/** Returns whether the endpoint has started and nobody has stopped it. */
	public boolean isRunning() {
		return this.state == LifecycleState.RUNNING;
	}

	/** Returns whether the endpoint was stopped and waits for what is under way. */
	public boolean isStopping() {
		return this.state == LifecycleState.STOPPING;
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
		boolean now = this.state != LifecycleState.RUNNING;
		try {
			if (now) {
				open();
				this.teller = Thread.currentThread();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
		if (now) {
			tellOpened();
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
			if (this.stop.hasEnded() && this.state != LifecycleState.STARTING) {
				return;
			}
			this.lock.unlock();
			if (this.state == LifecycleState.STARTING && isInStep()) {
				throw new IllegalStateException(this.steps + " is being started by the calling thread");
			}
			if (!stop.hasEnded()) {
				throw new SocketOperationException(SocketErrorCode.SHUTTING_DOWN,
						this.steps + " cannot start while it is stopping");
			}
		}
	}

	private void open() throws IOException {
		this.state = LifecycleState.STARTING;
		try {
			this.work.acquire();
			openSteps();
			this.state = LifecycleState.RUNNING;
		}
		finally {
			if (this.state == LifecycleState.STARTING) {
				this.state = LifecycleState.STOPPED;
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

	/** Holds no lock, so that a listener who is told can stop it at once. */
	private void tellOpened() {
		try {
			this.steps.opened();
		}
		catch (Throwable ex) {
			beginStop();
			throw ex;
		}
		finally {
			beginStopAskedMeanwhile();
		}
	}

	private void beginStopAskedMeanwhile() {
		this.lock.lock();
		boolean stopped;
		try {
			this.teller = null;
			stopped = this.state == LifecycleState.STOPPING;
		}
		finally {
			this.lock.unlock();
		}
		if (stopped) {
			this.stop.begin();
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
		boolean telling;
		this.lock.lock();
		try {
			this.again = null;
			if (this.state != LifecycleState.RUNNING) {
				return this.stop;
			}
			telling = this.teller != null;
			stop = newStop();
			this.stop = stop;
			this.state = LifecycleState.STOPPING;
		}
		finally {
			this.lock.unlock();
		}
		if (!telling) {
			stop.begin();
		}
		return stop;
	}

	private boolean isCalled() {
		return isInStep() || Callbacks.isInside() || this.work.mayBeCalling();
	}

	/** A listener calls, who is told of what the thread does. */
	private boolean isInStep() {
		Thread thread = Thread.currentThread();
		return this.lock.isHeldByCurrentThread() || this.teller == thread || this.stop.isInStep();
	}

}

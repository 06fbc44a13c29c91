package dev.sockets.runtime.tcp;

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

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.EventLoopGroup;

/**
 * The life of one endpoint: stopped, running, stopping, any number of times. Stopping
 * ends when the application was told of the end of the last connection; connections that
 * take longer than the grace period are cut off.
 */
final class Lifecycle {

	/** What an endpoint does when it starts and stops. Its text names the endpoint. */
	interface Steps {

		/** Opens what the endpoint needs; nothing is to be left open when it throws. */
		void open() throws IOException;

		/**
		 * Takes in nothing more and begins to close the connections.
		 * @return completed when nothing more comes in
		 */
		CompletableFuture<Void> beginClosing();

		/** Everything is closed. */
		void closed();

	}

	private enum State {

		STOPPED, RUNNING, STOPPING

	}

	private static final Log logger = LogFactory.getLog(Lifecycle.class);

	private static final Duration LAST_WAIT = Duration.ofSeconds(1);

	private static final Duration MARGIN = Duration.ofSeconds(5);

	private final ReentrantLock lock = new ReentrantLock();

	private final EventLoopGroup loops;

	private final ConnectionRegistry registry;

	private final Duration grace;

	private final Steps steps;

	private volatile State state = State.STOPPED;

	private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	Lifecycle(EventLoopGroup loops, ConnectionRegistry registry, Duration grace, Steps steps) {
		this.loops = loops;
		this.registry = registry;
		this.grace = grace;
		this.steps = steps;
	}

	boolean isRunning() {
		return this.state == State.RUNNING;
	}

	boolean isStopping() {
		return this.state == State.STOPPING;
	}

	/**
	 * Starts the endpoint unless it is running; waits for the end of stopping first.
	 * @return whether it was started by this call
	 */
	boolean start() {
		lockWhenStopped();
		try {
			if (this.state == State.RUNNING) {
				return false;
			}
			this.loops.acquire();
			this.state = State.RUNNING;
			try {
				this.steps.open();
				return true;
			}
			catch (IOException | RuntimeException ex) {
				this.state = State.STOPPED;
				this.loops.release();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops the endpoint and waits for it; does not wait when a handler has called it, as
	 * that handler would wait for its own end.
	 * @param fromHandler whether the caller is a handler of this endpoint
	 */
	void stop(boolean fromHandler) {
		CompletableFuture<Void> stopped = beginStop();
		if (!fromHandler) {
			await(stopped);
		}
	}

	/**
	 * Begins to stop the endpoint unless that was begun.
	 * @return completed when it has stopped
	 */
	CompletableFuture<Void> beginStop() {
		this.lock.lock();
		try {
			if (this.state == State.RUNNING) {
				this.state = State.STOPPING;
				CompletableFuture<Void> closed = this.steps.beginClosing();
				CompletableFuture<Void> empty = closed.handle((result, failure) -> this.registry.whenEmpty())
					.thenCompose(Function.identity());
				this.stopped = closed.thenCombine(empty, (first, second) -> first)
					.whenComplete((result, failure) -> finish());
				cutOffLater(empty);
			}
			return this.stopped;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Another thread may begin to stop again before this one has the lock. */
	private void lockWhenStopped() {
		while (true) {
			CompletableFuture<Void> stopped = this.stopped;
			await(stopped);
			this.lock.lock();
			if (this.stopped.isDone()) {
				return;
			}
			this.lock.unlock();
			if (!stopped.isDone()) {
				throw new SocketOperationException(SocketErrorCode.SHUTTING_DOWN,
						this.steps + " cannot start while it is stopping");
			}
		}
	}

	private void finish() {
		this.state = State.STOPPED;
		this.steps.closed();
		this.loops.release();
	}

	/**
	 * Cuts off what is open after the grace period, and waits no longer after another
	 * second for handlers that do not return even then.
	 */
	private void cutOffLater(CompletableFuture<Void> empty) {
		after(this.grace, empty, () -> {
			this.registry.cutOff();
			after(LAST_WAIT, empty, () -> {
				logger.warn("A handler of " + this.steps
						+ " has not returned within the grace period; it stops without that handler");
				empty.complete(null);
			});
		});
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
			logger.warn(this.steps + " could not be stopped in order", ex.getCause());
		}
	}

}

package dev.sockets.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One stop of an endpoint: it closes, what has come in is handled within the grace
 * period, and its end is told. Begun by the thread that stops the endpoint, which holds
 * no lock, as listeners are called; ended by the one that has handled the last message.
 */
final class Stop {

	private static final SafeLog logger = SafeLog.of(Lifecycle.class);

	private static final Duration LAST_WAIT = Duration.ofSeconds(1);

	private static final Duration LATE = Duration.ofMillis(250);

	private static final Duration MARGIN = Duration.ofSeconds(5);

	private final LifecycleSteps steps;

	private final LifecycleWork work;

	private final Duration grace;

	private final Runnable closed;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	/** The thread that is inside one of the steps. */
	private volatile @Nullable Thread thread;

	/**
	 * Creates a stop that has not begun.
	 * @param steps what the endpoint does; their text names it
	 * @param work what it has under way
	 * @param grace how long handlers may take
	 * @param closed called before the end is told
	 */
	Stop(LifecycleSteps steps, LifecycleWork work, Duration grace, Runnable closed) {
		this.steps = steps;
		this.work = work;
		this.grace = grace;
		this.closed = closed;
	}

	/** Begins; called once. */
	void begin() {
		CompletableFuture<Void> closing = beginClosing();
		CompletableFuture<Void> handled = closing.handle((result, failure) -> this.work.whenHandled())
			.thenCompose(Function.identity());
		CompletableFuture.allOf(closing, handled).whenComplete((result, failure) -> finish(failure));
		after(this.grace, handled, () -> cutOff(handled));
	}

	private CompletableFuture<Void> beginClosing() {
		this.thread = Thread.currentThread();
		try {
			return this.steps.beginClosing();
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			this.thread = null;
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

	/**
	 * Not on the common pool, whose threads the application may let wait. Once it is of
	 * no use the timer is cancelled, as it keeps all that the action knows.
	 */
	private static void after(Duration delay, CompletableFuture<Void> unless, Runnable action) {
		long start = System.nanoTime();
		CompletableFuture<Void> timer = new CompletableFuture<Void>().completeOnTimeout(null, delay.toMillis(),
				TimeUnit.MILLISECONDS);
		timer.thenRun(() -> {
			if (!unless.isDone()) {
				onThread(() -> afterHeldUp(Duration.ofNanos(System.nanoTime() - start).minus(delay), delay, unless,
						action), "sockets-grace");
			}
		});
		unless.whenComplete((result, failure) -> timer.cancel(false));
	}

	/** When the whole JVM did not run meanwhile, neither did what it is waited for. */
	private static void afterHeldUp(Duration late, Duration delay, CompletableFuture<Void> unless, Runnable action) {
		if (late.compareTo(LATE) < 0) {
			action.run();
		}
		else {
			after((late.compareTo(delay) < 0) ? late : delay, unless, action);
		}
	}

	/**
	 * Runs something on a thread of its own or, when there is none, on the calling one.
	 * @param task what to run
	 * @param name the thread's name
	 */
	static void onThread(Runnable task, String name) {
		try {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			task.run();
		}
	}

	private void finish(@Nullable Throwable failure) {
		this.thread = Thread.currentThread();
		this.closed.run();
		if (failure != null) {
			notInOrder(failure);
		}
		lastStep(this.steps::closed);
		lastStep(this.work::release);
		this.thread = null;
		end();
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

	/** It has ended, or there is nothing to stop. */
	void end() {
		this.ended.complete(null);
	}

	boolean hasEnded() {
		return this.ended.isDone();
	}

	/**
	 * Returns its end.
	 * @return completed when the endpoint has stopped
	 */
	CompletableFuture<Void> whenEnded() {
		return this.ended;
	}

	/**
	 * Returns whether the calling thread is inside a step: a listener calls, who is told
	 * of it.
	 * @return whether it is
	 */
	boolean isInStep() {
		return this.thread == Thread.currentThread();
	}

	/** Waits for the end, a little longer than the grace period at most. */
	void await() {
		try {
			this.ended.get(this.grace.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
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

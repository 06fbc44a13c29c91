package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.sockets.runtime.Callbacks;

/**
 * Waits for results without a thread, in a time that stands still while this side is held
 * up: what came meanwhile is read before it is too late. Keeps nothing of a result that
 * has come.
 *
 * @param nanos that time
 * @param executor runs what is to be done about late results
 */
public record FairTimer(LongSupplier nanos, Executor executor) {

	/** So that a time that is never over can be added to the present one. */
	private static final long LONGEST = TimeUnit.DAYS.toNanos(1);

	/** The time is exact to a few milliseconds. */
	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * Waits for a result.
	 * @param result what to wait for
	 * @param timeout how long, in nanoseconds
	 * @param late done on another thread when it has not come by then
	 */
	public void await(CompletableFuture<?> result, long timeout, Runnable late) {
		long begun = this.nanos.getAsLong();
		await(result, () -> timeout - (this.nanos.getAsLong() - begun), late);
	}

	private void await(CompletableFuture<?> result, LongSupplier left, Runnable late) {
		if (result.isDone()) {
			return;
		}
		long pause = Math.max(SHORTEST, Math.min(left.getAsLong(), LONGEST));
		CompletableFuture<Boolean> timer = new CompletableFuture<Boolean>().completeOnTimeout(true, pause,
				TimeUnit.NANOSECONDS);
		timer.thenAccept((over) -> {
			if (over) {
				execute(() -> look(result, left, late));
			}
		});
		result.whenComplete((value, failure) -> timer.complete(false));
	}

	private void look(CompletableFuture<?> result, LongSupplier left, Runnable late) {
		if (left.getAsLong() > 0) {
			await(result, left, late);
		}
		else if (!result.isDone()) {
			late.run();
		}
	}

	/** Nobody else would look when there is no thread. */
	private void execute(Runnable look) {
		try {
			this.executor.execute(() -> Callbacks.run(look));
		}
		catch (Throwable ex) {
			look.run();
		}
	}

}

package dev.sockets.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * An answer whose reader may be the very thread that waits for it: another one is made to
 * read it then. Where that cannot be it is told at once, rather than that the thread
 * waits for itself until the deadline.
 *
 * @param <T> the type of the answer
 */
public class AwaitedAnswer<T extends @Nullable Object> extends Promise<T> {

	private final BooleanSupplier letWait;

	/**
	 * Creates an answer that is not there yet.
	 * @param letWait called by each thread that is about to wait for it; returns whether
	 * somebody reads the answer meanwhile
	 */
	public AwaitedAnswer(BooleanSupplier letWait) {
		this.letWait = letWait;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new AwaitedAnswer<>(this.letWait);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		requireToWait();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		requireToWait();
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		requireToWait();
		return super.join();
	}

	private void requireToWait() {
		if (!isDone() && !this.letWait.getAsBoolean()) {
			throw new IllegalStateException(
					"This code runs on an event loop which reads nothing from its peer meanwhile, so it "
							+ "cannot wait for an answer; return the future, or set another dispatch than 'loop'");
		}
	}

}

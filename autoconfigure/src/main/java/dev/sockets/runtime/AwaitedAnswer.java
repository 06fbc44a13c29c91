package dev.sockets.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * An answer that a thread cannot wait for when it is the one that has to read it: that is
 * told at once, rather than that the thread waits for itself until the deadline.
 *
 * @param <T> the type of the answer
 */
public class AwaitedAnswer<T extends @Nullable Object> extends CompletableFuture<T> {

	private final BooleanSupplier mayWait;

	/**
	 * Creates an answer that is not there yet.
	 * @param mayWait whether the calling thread may wait for it
	 */
	public AwaitedAnswer(BooleanSupplier mayWait) {
		this.mayWait = mayWait;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new AwaitedAnswer<>(this.mayWait);
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
		if (!isDone() && !this.mayWait.getAsBoolean()) {
			throw new IllegalStateException(
					"An event loop runs this handler and reads nothing from its peer meanwhile, "
							+ "so the handler cannot wait for an answer; return the future, or set dispatch: thread");
		}
	}

}

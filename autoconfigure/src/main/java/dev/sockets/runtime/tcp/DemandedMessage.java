package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A message that waits for a connection that is made for it.
 *
 * @param <T> what comes of it
 * @param action sends it
 * @param result completed with what has come of it
 */
record DemandedMessage<T extends @Nullable Object>(Function<DefaultConnection, CompletableFuture<T>> action,
		CompletableFuture<T> result) {

	/**
	 * Sends the message, unless it was given up.
	 * @param connection the connection
	 * @return completed when nothing more is to come of it, never exceptionally
	 */
	CompletableFuture<Void> send(DefaultConnection connection) {
		if (this.result.isDone()) {
			return CompletableFuture.completedFuture(null);
		}
		return sent(connection).handle((value, failure) -> {
			if (failure != null) {
				this.result.completeExceptionally(failure);
			}
			else {
				this.result.complete(value);
			}
			return null;
		});
	}

	private CompletableFuture<T> sent(DefaultConnection connection) {
		try {
			return this.action.apply(connection);
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}

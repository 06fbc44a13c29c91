package dev.sockets.runtime.tcp.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.Promise;

/**
 * Makes of what another node answers what the application is told. Failures stay as they
 * are, while a stage of a {@link CompletableFuture} would wrap them.
 */
final class RemoteResult {

	private RemoteResult() {
	}

	static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> of(CompletableFuture<T> answer,
			Function<T, R> told) {
		CompletableFuture<R> result = new Promise<>();
		answer.whenComplete((value, failure) -> {
			if (failure != null) {
				result.completeExceptionally(cause(failure));
			}
			else {
				result.complete(told.apply(value));
			}
		});
		return result;
	}

	/** Returns a result that is {@code false} when there is no such connection. */
	static CompletableFuture<Boolean> falseWhenUnconnected(CompletableFuture<Boolean> answer) {
		CompletableFuture<Boolean> result = new Promise<>();
		answer.whenComplete((value, failure) -> {
			if (failure == null) {
				result.complete(value);
			}
			else if (cause(failure) instanceof SocketOperationException known
					&& known.getCode() == SocketErrorCode.NOT_CONNECTED) {
				result.complete(false);
			}
			else {
				result.completeExceptionally(cause(failure));
			}
		});
		return result;
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

}

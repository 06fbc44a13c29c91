package dev.sockets.runtime.tcp.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * What it means that there is no such connection.
 */
final class Unconnected {

	private Unconnected() {
	}

	/** Returns a result that is {@code false} when there is no such connection. */
	static CompletableFuture<Boolean> isFalse(CompletableFuture<Boolean> result) {
		return result.exceptionally((failure) -> {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			if (cause instanceof SocketOperationException known && known.getCode() == SocketErrorCode.NOT_CONNECTED) {
				return false;
			}
			throw (failure instanceof CompletionException wrapped) ? wrapped : new CompletionException(failure);
		});
	}

}

package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.SendCallback;

/**
 * Completes what the sender of a message was promised, after all others were told.
 *
 * @param others told before
 * @param result the promise
 */
record PromisedSend(SendCallback others, CompletableFuture<Void> result) implements SendCallback {

	@Override
	public void ended(@Nullable Throwable failure) {
		try {
			this.others.ended(failure);
		}
		finally {
			if (failure == null) {
				this.result.complete(null);
			}
			else {
				this.result.completeExceptionally(failure);
			}
		}
	}

}

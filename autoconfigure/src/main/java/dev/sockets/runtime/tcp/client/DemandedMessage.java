package dev.sockets.runtime.tcp.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.Promise;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.RequestFailures;

/**
 * A message that waits for a connection that is made for it.
 *
 * @param <T> what comes of it
 * @param action sends it
 * @param result completed with what has come of it; what the application does then may
 * take long
 * @param over completed before that: nothing more is to come of it
 * @param begun whether there was a connection for it
 */
record DemandedMessage<T extends @Nullable Object>(Function<DefaultConnection, CompletableFuture<T>> action,
		CompletableFuture<T> result, CompletableFuture<Void> over, AtomicBoolean begun) {

	static <T extends @Nullable Object> DemandedMessage<T> of(
			Function<DefaultConnection, CompletableFuture<T>> action) {
		DemandedMessage<T> message = new DemandedMessage<>(action, new Promise<>(), new CompletableFuture<>(),
				new AtomicBoolean());
		message.result.whenComplete((value, failure) -> message.over.complete(null));
		return message;
	}

	/**
	 * Sends the message, unless it was given up.
	 * @param connection the connection
	 */
	void send(DefaultConnection connection) {
		if (this.over.isDone()) {
			return;
		}
		this.begun.set(true);
		sent(connection).whenComplete((value, failure) -> {
			if (failure != null) {
				fail(failure);
			}
			else if (this.over.complete(null)) {
				this.result.complete(value);
			}
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

	/** Its deadline has passed. */
	void expire() {
		fail(this.begun.get() ? RequestFailures.timeout() : RequestFailures.unconnected());
	}

	/**
	 * Nothing comes of the message, or not in time.
	 * @param cause why; the first reason stays, as others may follow from that
	 */
	void fail(Throwable cause) {
		if (this.over.complete(null)) {
			this.result.completeExceptionally(cause);
		}
	}

}

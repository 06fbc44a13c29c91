package dev.sockets.runtime;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * What an endpoint runs on, and what it has under way. Asked by its {@link Lifecycle}.
 */
public interface LifecycleWork {

	/**
	 * Gets the threads it runs on.
	 * @throws IOException when there are none to be had
	 */
	default void acquire() throws IOException {
	}

	/** Gives back those threads. */
	default void release() {
	}

	/**
	 * Returns whether the calling thread may be inside a handler or listener that
	 * {@link Callbacks} doesn't know of.
	 * @return {@code false} when it is known not to be
	 */
	default boolean mayBeCalling() {
		return false;
	}

	/**
	 * Waits for what has come in; asked when nothing more does.
	 * @return completed when all of it was handled
	 */
	default CompletableFuture<Void> whenHandled() {
		return CompletableFuture.completedFuture(null);
	}

	/** The grace period is over: drops what waits, and interrupts handlers. */
	default void cutOff() {
	}

}

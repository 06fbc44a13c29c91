package dev.sockets.runtime;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A future for the application. Whoever completes it goes on, and all who wait for it are
 * told, whatever the application does then. Other futures keep what is thrown then, but
 * for exceptions that throw again when they are looked at: those hit whoever completes
 * it, and keep others from being told.
 *
 * @param <T> the type of the result
 */
public class Promise<T extends @Nullable Object> extends CompletableFuture<T> {

	private static final SafeLog logger = SafeLog.of(Promise.class);

	/** Creates a promise that is not kept yet. */
	public Promise() {
	}

	@Override
	public boolean complete(@Nullable T value) {
		boolean open = !isDone();
		try {
			return super.complete(value);
		}
		catch (Throwable ex) {
			if (!isDone()) {
				throw ex;
			}
			tellOthers(ex);
			return open;
		}
	}

	@Override
	public boolean completeExceptionally(Throwable failure) {
		boolean open = !isDone();
		try {
			return super.completeExceptionally(failure);
		}
		catch (Throwable ex) {
			if (!isDone()) {
				throw ex;
			}
			tellOthers(ex);
			return open;
		}
	}

	/** Each time it is thrown there is one less to tell. */
	private void tellOthers(Throwable first) {
		Throwable thrown = first;
		while (thrown != null) {
			logger.debug("What the application does with a result has failed", thrown);
			thrown = tell();
		}
	}

	/** Cancelling what is completed only tells those who were not told. */
	private @Nullable Throwable tell() {
		try {
			super.cancel(false);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

}

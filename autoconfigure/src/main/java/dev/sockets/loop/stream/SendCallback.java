package dev.sockets.loop.stream;

import org.jspecify.annotations.Nullable;

/**
 * Told how a send has ended. May be called by any thread, also before the send returns.
 */
@FunctionalInterface
public interface SendCallback {

	/**
	 * The send has ended.
	 * @param failure why the bytes were not written; {@code null} when they were
	 */
	void ended(@Nullable Throwable failure);

}

package dev.sockets.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Requests whose answers can be made what is wanted without losing anything that the peer
 * has sent, as the digits which a {@code double} does not have. The clients and
 * connections of this library are these.
 */
public interface ExactRequests extends RequestOperations {

	/**
	 * Returns how long a request waits that does not say it.
	 * @return the configured {@code request-timeout}
	 */
	Duration getRequestTimeout();

	/**
	 * Sends a message and waits for its answer.
	 * @param payload what to send
	 * @param timeout how long to wait for the answer
	 * @return the answer
	 * @throws dev.sockets.SocketOperationException as {@link #request(Object, Duration)}
	 */
	ReceivedAnswer requestExact(@Nullable Object payload, Duration timeout);

	/**
	 * Sends a message without waiting for its answer.
	 * @param payload what to send
	 * @param timeout how long the answer may take
	 * @return completed with the answer, or exceptionally as {@link #requestExact}
	 */
	CompletableFuture<ReceivedAnswer> requestExactAsync(@Nullable Object payload, Duration timeout);

}

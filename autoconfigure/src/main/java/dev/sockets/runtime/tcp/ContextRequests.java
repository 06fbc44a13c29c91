package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.ExactRequests;
import dev.sockets.tcp.ReceivedAnswer;

/**
 * All ways to ask, by the two that differ.
 */
public interface ContextRequests extends ExactRequests {

	/** Returns what all connections of the endpoint share. */
	ConnectionContext context();

	/**
	 * Sends a request, and waits for its answer.
	 * @param <T> class of the answer
	 * @param payload what to ask
	 * @param timeout how long to wait
	 * @param exact whether the answer is to be a {@link ReceivedAnswer}
	 * @return the answer
	 */
	<T extends @Nullable Object> T ask(@Nullable Object payload, Duration timeout, boolean exact);

	/**
	 * Sends a request.
	 * @param <T> class of the answer
	 * @param payload what to ask
	 * @param timeout how long to wait for the answer
	 * @param exact whether the answer is to be a {@link ReceivedAnswer}
	 * @return completed with the answer
	 */
	<T extends @Nullable Object> CompletableFuture<T> askAsync(@Nullable Object payload, Duration timeout,
			boolean exact);

	@Override
	default Duration getRequestTimeout() {
		return context().settings().requests().timeout();
	}

	@Override
	default ReceivedAnswer requestExact(@Nullable Object payload, Duration timeout) {
		return ask(payload, timeout, true);
	}

	@Override
	default CompletableFuture<ReceivedAnswer> requestExactAsync(@Nullable Object payload, Duration timeout) {
		return askAsync(payload, timeout, true);
	}

	@Override
	default <T extends @Nullable Object> T request(@Nullable Object payload) {
		return ask(payload, getRequestTimeout(), false);
	}

	@Override
	default <T extends @Nullable Object> T request(@Nullable Object payload, Duration timeout) {
		return ask(payload, timeout, false);
	}

	@Override
	default <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload) {
		return askAsync(payload, getRequestTimeout(), false);
	}

	@Override
	default <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload, Duration timeout) {
		return askAsync(payload, timeout, false);
	}

	@Override
	default <T> @Nullable T request(@Nullable Object payload, Class<T> type) {
		return request(payload, type, getRequestTimeout());
	}

	@Override
	default <T> @Nullable T request(@Nullable Object payload, Class<T> type, Duration timeout) {
		ReceivedAnswer answer = requestExact(payload, timeout);
		return context().convert(answer.payload(), type, answer.payloads());
	}

	@Override
	default <T> CompletableFuture<@Nullable T> requestAsync(@Nullable Object payload, Class<T> type) {
		return requestAsync(payload, type, getRequestTimeout());
	}

	@Override
	default <T> CompletableFuture<@Nullable T> requestAsync(@Nullable Object payload, Class<T> type, Duration timeout) {
		return requestExactAsync(payload, timeout)
			.thenApply((answer) -> context().convert(answer.payload(), type, answer.payloads()));
	}

}

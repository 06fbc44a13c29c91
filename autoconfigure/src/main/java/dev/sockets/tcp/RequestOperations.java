package dev.sockets.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Requests, each a message whose answer is another one: over one {@link Connection}, or
 * over that which a {@link TcpClient} has. Usable from any thread.
 */
public interface RequestOperations {

	/**
	 * Sends a message and waits for its answer: the next message that arrives and answers
	 * no earlier request. An answer that comes after the deadline is delivered like any
	 * other message. For that the request keeps its place among the others after the
	 * deadline: for as long again; meanwhile it counts among those that wait, and what is
	 * asked then is held back. If it was not the last one that was sent, and the peer
	 * never answers it, the answer to the next one is taken for its own: close the
	 * connection if the peer may leave a request unanswered.
	 *
	 * <p>
	 * A handler may wait so too, also for an answer over its own connection: the event
	 * loop goes on without it, and what comes after the answer is handled when it has
	 * returned. Only with {@code dispatch: loop} it is refused by an
	 * {@code IllegalStateException} at once, as a dependent of a future is that runs on a
	 * loop. The same holds for {@code get} and {@code join} of the future of
	 * {@link #requestAsync}, and of those made of it by {@code thenApply} and the like,
	 * not for {@code CompletableFuture.allOf} and {@code anyOf}.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param timeout how long to wait for the answer
	 * @return the payload of the answer; {@code null} when the answer is that
	 * @throws dev.sockets.SocketOperationException with code {@code REQUEST_TIMEOUT},
	 * {@code TOO_MANY_REQUESTS}, {@code NOT_CONNECTED} as soon as the connection ends, or
	 * as {@link Connection#send(Object)}
	 */
	<T extends @Nullable Object> T request(@Nullable Object payload, Duration timeout);

	/**
	 * Sends a message and waits for its answer as long as the configured
	 * {@code request-timeout}.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @return the payload of the answer; {@code null} when the answer is that
	 * @throws dev.sockets.SocketOperationException as {@link #request(Object, Duration)}
	 */
	<T extends @Nullable Object> T request(@Nullable Object payload);

	/**
	 * Sends a message without waiting for its answer, which the configured
	 * {@code request-timeout} bounds.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @return completed with the payload of the answer, or exceptionally as
	 * {@link #request(Object, Duration)}; its dependents may run on a loop thread
	 */
	<T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload);

	/**
	 * Sends a message without waiting for its answer, with a deadline of its own.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param timeout how long the answer may take
	 * @return as {@link #requestAsync(Object)}
	 */
	<T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload, Duration timeout);

	/**
	 * Sends a message and waits for its answer as long as the configured
	 * {@code request-timeout}. An answer of another class is
	 * {@linkplain #convert(Object, Class) converted}.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param type what the answer is to be
	 * @return the payload of the answer; {@code null} when the answer is that
	 * @throws dev.sockets.SocketOperationException as {@link #request(Object, Duration)},
	 * and with code {@code CODEC_FAILED} when the answer is nothing of that class
	 */
	default <T> @Nullable T request(@Nullable Object payload, Class<T> type) {
		return convert(this.<@Nullable Object>request(payload), type);
	}

	/**
	 * Sends a message and waits for its answer, which is converted as by
	 * {@link #request(Object, Class)}.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param type what the answer is to be
	 * @param timeout how long to wait for the answer
	 * @return as {@link #request(Object, Class)}
	 */
	default <T> @Nullable T request(@Nullable Object payload, Class<T> type, Duration timeout) {
		return convert(this.<@Nullable Object>request(payload, timeout), type);
	}

	/**
	 * Sends a message without waiting for its answer, which the configured
	 * {@code request-timeout} bounds, and which is converted as by
	 * {@link #request(Object, Class)}.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param type what the answer is to be
	 * @return completed with the payload of the answer, or exceptionally as
	 * {@link #request(Object, Class)}; its dependents may run on a loop thread
	 */
	default <T> CompletableFuture<@Nullable T> requestAsync(@Nullable Object payload, Class<T> type) {
		return this.<@Nullable Object>requestAsync(payload).thenApply((answer) -> convert(answer, type));
	}

	/**
	 * Sends a message without waiting for its answer, with a deadline of its own.
	 * @param <T> class of the answer
	 * @param payload what to send
	 * @param type what the answer is to be
	 * @param timeout how long the answer may take
	 * @return as {@link #requestAsync(Object, Class)}
	 */
	default <T> CompletableFuture<@Nullable T> requestAsync(@Nullable Object payload, Class<T> type, Duration timeout) {
		return this.<@Nullable Object>requestAsync(payload, timeout).thenApply((answer) -> convert(answer, type));
	}

	/**
	 * Makes a payload that was received what it is wanted to be: by the application's
	 * {@link org.springframework.core.convert.ConversionService ConversionService}, or as
	 * the codec would have decoded it, as a map of JSON to an order.
	 * @param <T> class of the result
	 * @param payload the payload
	 * @param type what it is to be
	 * @return the payload itself if it is of that class, or what it was converted to
	 * @throws dev.sockets.SocketOperationException with code {@code CODEC_FAILED} when it
	 * is nothing of that class
	 */
	<T> @Nullable T convert(@Nullable Object payload, Class<T> type);

}

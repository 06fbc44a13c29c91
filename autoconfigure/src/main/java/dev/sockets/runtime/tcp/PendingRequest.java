package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * A request that was sent and waits for its answer.
 */
final class PendingRequest {

	/** The key of those that are answered in the order in which they were sent. */
	private static final Object IN_ORDER = new Object();

	private final CompletableFuture<Object> answer;

	private final Object key;

	private final long deadline;

	private final long keep;

	/** Guarded by the lock of the {@link PendingRequests}. */
	private boolean waiting;

	/**
	 * Creates a request.
	 * @param answer completed with the answer
	 * @param key tells its answer; {@code null} for the next message without one
	 * @param deadline when it is given up, as {@code StreamChannel.nanos()}
	 * @param keep for how long its place is kept after the deadline, in nanoseconds
	 */
	PendingRequest(CompletableFuture<Object> answer, @Nullable Object key, long deadline, long keep) {
		this.answer = answer;
		this.key = lineOf(key);
		this.deadline = deadline;
		this.keep = keep;
	}

	/**
	 * Returns what requests have in common that are answered in order.
	 * @param key their key; {@code null} for none
	 * @return the line that they stand in
	 */
	static Object lineOf(@Nullable Object key) {
		return (key != null) ? key : IN_ORDER;
	}

	CompletableFuture<Object> answer() {
		return this.answer;
	}

	Object line() {
		return this.key;
	}

	long deadline() {
		return this.deadline;
	}

	long keep() {
		return this.keep;
	}

	boolean isLate(long now) {
		return now - this.deadline >= 0;
	}

	boolean isForgotten(long now) {
		return this.answer.isDone() && now - this.deadline >= this.keep;
	}

	/**
	 * Returns whether its caller got no answer in time.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	boolean isTimedOut(long now) {
		return this.answer.isDone()
				&& (isLate(now) || this.answer.handle((result, failure) -> isTimeout(failure)).join());
	}

	private static boolean isTimeout(@Nullable Throwable failure) {
		return failure instanceof SocketOperationException known && known.getCode() == SocketErrorCode.REQUEST_TIMEOUT;
	}

	/** Returns whether it has a place, which belongs to it alone. */
	boolean isWaiting() {
		return this.waiting;
	}

	void waiting(boolean waiting) {
		this.waiting = waiting;
	}

}

package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * A request that waits for its answer, or until it may be sent. Its caller has its
 * deadline from the call on, its peer as much time from when it was sent.
 */
final class PendingRequest {

	/** The key of those that are answered in the order in which they were sent. */
	private static final Object IN_ORDER = new Object();

	private final CompletableFuture<Object> answer;

	private final Object key;

	private final long asked;

	private final long deadline;

	private final long keep;

	private boolean exact;

	/** For how long it was held back before it was sent. */
	private volatile long delay;

	private volatile boolean sent;

	/** Guarded by the lock of the {@link PendingRequests}. */
	private boolean waiting;

	/** Guarded by the lock of the {@link PendingRequests}. */
	private @Nullable PendingRequest next;

	/**
	 * Creates a request.
	 * @param answer completed with the answer
	 * @param key tells its answer; {@code null} for the next message without one
	 * @param asked when its caller has asked, as {@code StreamChannel.nanos()}
	 * @param timeout how long the caller waits, and the peer may take, in nanoseconds
	 * @param keep for how long its place is kept after that, in nanoseconds
	 */
	PendingRequest(CompletableFuture<Object> answer, @Nullable Object key, long asked, long timeout, long keep) {
		this.answer = answer;
		this.key = lineOf(key);
		this.asked = asked;
		this.deadline = asked + timeout;
		this.keep = keep;
	}

	/**
	 * Returns a request that cannot even be asked.
	 * @param cause why
	 */
	static PendingRequest failed(Throwable cause) {
		return new PendingRequest(CompletableFuture.failedFuture(cause), null, 0, 0, 0);
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

	/**
	 * Says what its answer is to be. To be called before it is sent.
	 * @param exact whether it is to have the bytes that it was decoded from
	 */
	void exact(boolean exact) {
		this.exact = exact;
	}

	boolean isExact() {
		return this.exact;
	}

	Object line() {
		return this.key;
	}

	/**
	 * It was held back, and is sent now.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void sentLater(long now) {
		this.delay = now - this.asked;
	}

	long sentAt() {
		return this.asked + this.delay;
	}

	/** Returns until when its caller waits. */
	long deadline() {
		return this.deadline;
	}

	/** Returns until when its peer may answer it. */
	long due() {
		return this.deadline + this.delay;
	}

	/** Returns until when its place is kept unless there is a reason to wait longer. */
	long forgottenAt() {
		return due() + this.keep;
	}

	/**
	 * Returns for how long its place is kept after its peer's time.
	 * @param readFor for how long the connection has been read without a pause
	 * @param unread for how long at least while what has come may not be read yet
	 */
	long keep(long readFor, long unread) {
		return (readFor >= Math.min(this.keep, PendingRequests.CATCH_UP)) ? this.keep : Math.max(this.keep, unread);
	}

	boolean isLate(long now) {
		return now - this.deadline >= 0;
	}

	boolean isOverdue(long now) {
		return now - due() >= 0;
	}

	/**
	 * Returns whether its place is kept no longer.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param keep for how long after its peer's time
	 */
	boolean isForgotten(long now, long keep) {
		return this.answer.isDone() && now - due() >= keep;
	}

	/** Returns why its caller has no answer at its deadline. */
	SocketOperationException late() {
		return this.sent ? RequestFailures.timeout() : RequestFailures.late();
	}

	/**
	 * Returns whether its peer has not answered it in time.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	boolean isTimedOut(long now) {
		return this.answer.isDone() && (isOverdue(now)
				|| (this.delay == 0 && this.answer.handle((result, failure) -> isTimeout(failure)).join()));
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
		if (waiting) {
			this.sent = true;
		}
	}

	@Nullable PendingRequest next() {
		return this.next;
	}

	void next(@Nullable PendingRequest next) {
		this.next = next;
	}

}

package dev.sockets.runtime.tcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.MemoryBudget;

/**
 * The requests of one connection that wait until those before them are answered. Open to
 * all threads.
 */
final class RequestLine {

	private final int max;

	private final WaitingRequests waiting;

	/** Was sent last, and is neither answered nor late. */
	private @Nullable PendingRequest current;

	private @Nullable SocketOperationException closed;

	/**
	 * Creates a line in which nobody stands.
	 * @param max how many may
	 * @param memory where they count
	 */
	RequestLine(int max, MemoryBudget memory) {
		this.max = max;
		this.waiting = new WaitingRequests(memory);
	}

	/**
	 * Has a request wait for its turn, unless that has come.
	 * @param request the request
	 * @return whether it is to be sent now
	 * @throws SocketOperationException when it may not even wait
	 */
	synchronized boolean enter(OutgoingRequest request) {
		if (this.closed != null) {
			throw this.closed;
		}
		if (this.current == null) {
			this.current = request.request();
			return true;
		}
		if (this.waiting.size() + 1 >= this.max) {
			throw RequestFailures.tooMany(this.max);
		}
		SocketOperationException refusal = this.waiting.add(request);
		if (refusal != null) {
			throw refusal;
		}
		return false;
	}

	/**
	 * A request was answered, or could not be sent.
	 * @param request the request
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @return the one to be sent now; {@code null} when none waits, or it was not its
	 * turn
	 */
	synchronized @Nullable OutgoingRequest leave(PendingRequest request, long now) {
		return (this.current == request) ? next(now) : null;
	}

	/**
	 * Has the next one sent when the current one has missed its deadline.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @return the one to be sent now; {@code null} when none is
	 */
	synchronized @Nullable OutgoingRequest leaveLate(long now) {
		PendingRequest current = this.current;
		return (current != null && current.isOverdue(now)) ? next(now) : null;
	}

	private @Nullable OutgoingRequest next(long now) {
		OutgoingRequest next = this.waiting.poll();
		if (next != null) {
			next.request().sentLater(now);
		}
		this.current = (next != null) ? next.request() : null;
		return next;
	}

	/**
	 * Gives up those whose deadline has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void expire(long now) {
		late(now).forEach((request) -> request.sent().ended(RequestFailures.late()));
	}

	private synchronized List<OutgoingRequest> late(long now) {
		return this.waiting.isEmpty() ? List.of() : this.waiting.pollLate(now);
	}

	/**
	 * Fails those that wait, and those that come later.
	 * @param cause why; the first one stays
	 */
	void close(SocketOperationException cause) {
		List<OutgoingRequest> all;
		synchronized (this) {
			if (this.closed == null) {
				this.closed = cause;
			}
			all = this.waiting.pollAll();
		}
		all.forEach((request) -> request.sent().ended(cause));
	}

}

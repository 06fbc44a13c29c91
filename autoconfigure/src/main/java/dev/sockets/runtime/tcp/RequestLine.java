package dev.sockets.runtime.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The requests of one connection that wait until those before them are answered. Open to
 * all threads.
 */
final class RequestLine {

	private final int max;

	private final Deque<OutgoingRequest> waiting = new ArrayDeque<>();

	/** Was sent last, and is neither answered nor late. */
	private @Nullable PendingRequest current;

	private @Nullable SocketOperationException closed;

	RequestLine(int max) {
		this.max = max;
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
			throw PendingRequests.tooMany(this.max);
		}
		this.waiting.add(request);
		return false;
	}

	/**
	 * A request was answered, or could not be sent.
	 * @param request the request
	 * @return the one to be sent now; {@code null} when none waits, or it was not its
	 * turn
	 */
	synchronized @Nullable OutgoingRequest leave(PendingRequest request) {
		return (this.current == request) ? next() : null;
	}

	/**
	 * Has the next one sent when the current one has missed its deadline.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @return the one to be sent now; {@code null} when none is
	 */
	synchronized @Nullable OutgoingRequest leaveLate(long now) {
		PendingRequest current = this.current;
		return (current != null && current.isLate(now)) ? next() : null;
	}

	private @Nullable OutgoingRequest next() {
		OutgoingRequest next = this.waiting.poll();
		while (next != null && next.request().answer().isDone()) {
			next = this.waiting.poll();
		}
		this.current = (next != null) ? next.request() : null;
		return next;
	}

	/**
	 * Gives up those whose deadline has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void expire(long now) {
		for (OutgoingRequest request : late(now)) {
			request.sent()
				.ended(new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
						"A request was not sent within its deadline, as those before it were not answered"));
		}
	}

	private synchronized List<OutgoingRequest> late(long now) {
		List<OutgoingRequest> late = new ArrayList<>();
		Iterator<OutgoingRequest> requests = this.waiting.iterator();
		while (requests.hasNext()) {
			OutgoingRequest request = requests.next();
			if (request.request().isLate(now)) {
				requests.remove();
				late.add(request);
			}
		}
		return late;
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
			all = new ArrayList<>(this.waiting);
			this.waiting.clear();
		}
		all.forEach((request) -> request.sent().ended(cause));
	}

}

package dev.sockets.runtime.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The requests of one connection that wait for an answer, in the order in which they were
 * sent. Answers come in the same order, so a request that was given up keeps its place
 * for a while: else its late answer would be taken for the next one's.
 */
final class PendingRequests {

	/**
	 * A request.
	 *
	 * @param answer completed with the answer
	 * @param deadline when it is given up, as {@code StreamChannel.nanos()}
	 * @param keep for how long its place is kept after the deadline, in nanoseconds
	 */
	private record Request(CompletableFuture<Object> answer, long deadline, long keep) {

		boolean isForgotten(long now) {
			return this.answer.isDone() && now - this.deadline >= this.keep;
		}

	}

	private final ReentrantLock lock = new ReentrantLock();

	private final ArrayDeque<Request> waiting = new ArrayDeque<>();

	private final int max;

	private @Nullable SocketOperationException closed;

	PendingRequests(int max) {
		this.max = max;
	}

	/**
	 * Adds a request and queues it, so that both have the same order.
	 * @param answer completed with its answer, unless it is refused
	 * @param deadline when it is given up, as {@code StreamChannel.nanos()}
	 * @param keep for how long its place is kept after the deadline, in nanoseconds
	 * @param queue queues it; is called with a lock held, so it is to call no one
	 * @return why it was refused; {@code null} when it was not
	 */
	@Nullable SocketOperationException add(CompletableFuture<Object> answer, long deadline, long keep, Runnable queue) {
		this.lock.lock();
		try {
			if (this.closed != null) {
				return this.closed;
			}
			if (this.waiting.size() >= this.max) {
				return new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
						this.max + " requests wait for an answer already; see max-pending-requests");
			}
			this.waiting.add(new Request(answer, deadline, keep));
			queue.run();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a request that was not sent out of the order.
	 * @param answer its future
	 */
	void remove(CompletableFuture<Object> answer) {
		this.lock.lock();
		try {
			Iterator<Request> requests = this.waiting.iterator();
			while (requests.hasNext()) {
				if (requests.next().answer() == answer) {
					requests.remove();
					return;
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the request that a received message answers.
	 * @return its future; {@code null} when it was given up, or none waits
	 */
	@Nullable CompletableFuture<Object> next() {
		this.lock.lock();
		try {
			Request request = this.waiting.poll();
			return (request != null && !request.answer().isDone()) ? request.answer() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives up the requests whose deadline has passed, and the places of those that were
	 * given up long ago and are next in order.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void expire(long now) {
		List<CompletableFuture<Object>> late = new ArrayList<>();
		this.lock.lock();
		try {
			for (Request request : this.waiting) {
				if (now - request.deadline() >= 0 && !request.answer().isDone()) {
					late.add(request.answer());
				}
			}
			while (!this.waiting.isEmpty() && this.waiting.getFirst().isForgotten(now)) {
				this.waiting.removeFirst();
			}
		}
		finally {
			this.lock.unlock();
		}
		late.forEach((answer) -> answer.completeExceptionally(timeout()));
	}

	static SocketOperationException timeout() {
		return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was not answered within its deadline");
	}

	/**
	 * Fails all requests, and those that come later.
	 * @param cause why; the first one stays
	 */
	void close(SocketOperationException cause) {
		List<Request> all;
		this.lock.lock();
		try {
			if (this.closed == null) {
				this.closed = cause;
			}
			all = new ArrayList<>(this.waiting);
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		all.forEach((request) -> request.answer().completeExceptionally(cause));
	}

}

package dev.sockets.runtime.tcp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

	/** Places of requests that were given up are looked at this often. */
	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final ReentrantLock lock = new ReentrantLock();

	/** In the order in which they were sent. */
	private final Map<CompletableFuture<Object>, PendingRequest> waiting = new LinkedHashMap<>();

	/** Nothing is to be given up before. */
	private long nextLook;

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
			this.nextLook = (this.waiting.isEmpty() || deadline - this.nextLook < 0) ? deadline : this.nextLook;
			this.waiting.put(answer, new PendingRequest(answer, deadline, keep));
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
			this.waiting.remove(answer);
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
			Iterator<CompletableFuture<Object>> answers = this.waiting.keySet().iterator();
			if (!answers.hasNext()) {
				return null;
			}
			CompletableFuture<Object> answer = answers.next();
			answers.remove();
			return answer.isDone() ? null : answer;
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
			if (this.waiting.isEmpty() || now - this.nextLook < 0) {
				return;
			}
			forget(now);
			long next = now + LONGEST_PAUSE;
			for (PendingRequest request : this.waiting.values()) {
				long look = request.deadline();
				if (now - look >= 0) {
					look += request.keep();
					if (!request.answer().isDone()) {
						late.add(request.answer());
					}
				}
				next = (look - next < 0) ? look : next;
			}
			this.nextLook = next;
		}
		finally {
			this.lock.unlock();
		}
		late.forEach((answer) -> answer.completeExceptionally(timeout()));
	}

	private void forget(long now) {
		Iterator<PendingRequest> requests = this.waiting.values().iterator();
		while (requests.hasNext() && requests.next().isForgotten(now)) {
			requests.remove();
		}
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
		List<PendingRequest> all;
		this.lock.lock();
		try {
			if (this.closed == null) {
				this.closed = cause;
			}
			all = new ArrayList<>(this.waiting.values());
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		all.forEach((request) -> request.answer().completeExceptionally(cause));
	}

}

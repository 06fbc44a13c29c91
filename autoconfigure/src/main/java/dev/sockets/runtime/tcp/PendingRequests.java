package dev.sockets.runtime.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The requests of one connection that wait for an answer: those of one key in the order
 * in which they were sent. Their answers come in the same order, so a request that was
 * given up keeps its place for a while: else its late answer would be taken for the next
 * one's.
 */
public final class PendingRequests {

	/** Places of requests that were given up are looked at this often. */
	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	/** What has come while reading was paused is read within this time. */
	static final long CATCH_UP = TimeUnit.SECONDS.toNanos(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Object, Deque<PendingRequest>> lines = new LinkedHashMap<>();

	private int size;

	/** Nothing is to be given up before. */
	private long nextLook;

	private final int max;

	private @Nullable SocketOperationException closed;

	PendingRequests(int max) {
		this.max = max;
	}

	/**
	 * Adds a request and queues it, so that both have the same order.
	 * @param request the request
	 * @param queue queues it; is called with a lock held, so it is to call no one
	 * @return why it was refused; {@code null} when it was not
	 */
	@Nullable SocketOperationException add(PendingRequest request, Runnable queue) {
		this.lock.lock();
		try {
			if (this.closed != null) {
				return this.closed;
			}
			if (this.size >= this.max) {
				return tooMany(this.max);
			}
			long deadline = request.deadline();
			this.nextLook = (this.size == 0 || deadline - this.nextLook < 0) ? deadline : this.nextLook;
			this.lines.computeIfAbsent(request.line(), (line) -> new ArrayDeque<>(1)).add(request);
			request.waiting(true);
			this.size++;
			queue.run();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	public static SocketOperationException tooMany(int max) {
		return new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
				max + " requests wait for an answer already; see max-pending-requests");
	}

	/**
	 * Takes a request that was not sent out of the order.
	 * @param request the request
	 * @return whether it was in it
	 */
	boolean withdraw(PendingRequest request) {
		this.lock.lock();
		try {
			Deque<PendingRequest> line = this.lines.get(request.line());
			if (line == null || !request.isWaiting()) {
				return false;
			}
			leave(request);
			skipWithdrawn(request.line(), line);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the request that a received message answers.
	 * @param key the key of the message; {@code null} for none
	 * @return the request, which may have been given up; {@code null} when none waits
	 */
	@Nullable PendingRequest next(@Nullable Object key) {
		this.lock.lock();
		try {
			Object name = PendingRequest.lineOf(key);
			Deque<PendingRequest> line = this.lines.get(name);
			if (line == null) {
				return null;
			}
			PendingRequest request = line.remove();
			leave(request);
			skipWithdrawn(name, line);
			return request;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave(PendingRequest request) {
		request.waiting(false);
		this.size--;
	}

	/** So the first of each line waits indeed. */
	private void skipWithdrawn(Object name, Deque<PendingRequest> line) {
		while (!line.isEmpty() && !line.element().isWaiting()) {
			line.remove();
		}
		if (line.isEmpty()) {
			this.lines.remove(name);
		}
	}

	/**
	 * Returns whether any request waits for its answer, or keeps its place.
	 * @return whether there is one of any key
	 */
	boolean isAnyWaiting() {
		this.lock.lock();
		try {
			return this.size > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns whether it is unclear to which request the next answer belongs when one was
	 * lost.
	 * @return whether more than one waits, or keeps its place
	 */
	boolean areSeveralWaiting() {
		this.lock.lock();
		try {
			return this.size > 1;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives up the requests whose deadline has passed, and the places of those that were
	 * given up long ago and are next in order.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param readFor for how long the connection has been read without a pause
	 * @return whether an answer has not come although everything was read
	 */
	boolean expire(long now, long readFor) {
		List<PendingRequest> late = new ArrayList<>();
		boolean lost = false;
		this.lock.lock();
		try {
			if (this.size == 0 || now - this.nextLook < 0) {
				return false;
			}
			forget(now);
			long next = now + LONGEST_PAUSE;
			for (Deque<PendingRequest> line : this.lines.values()) {
				for (PendingRequest request : line) {
					long look = lookAt(request, now, late);
					next = (look - next < 0) ? look : next;
					lost |= request.isWaiting() && request.isLate(now);
				}
			}
			this.nextLook = (lost && readFor < CATCH_UP) ? now : next;
			lost = lost && readFor >= CATCH_UP;
		}
		finally {
			this.lock.unlock();
		}
		late.forEach((request) -> request.answer().completeExceptionally(timeout()));
		return lost;
	}

	/** Returns when to look at a request again. */
	private static long lookAt(PendingRequest request, long now, List<PendingRequest> late) {
		if (!request.isLate(now)) {
			return request.deadline();
		}
		if (!request.answer().isDone()) {
			late.add(request);
		}
		return request.deadline() + request.keep();
	}

	private void forget(long now) {
		Iterator<Deque<PendingRequest>> lines = this.lines.values().iterator();
		while (lines.hasNext()) {
			Deque<PendingRequest> line = lines.next();
			while (!line.isEmpty() && (!line.element().isWaiting() || line.element().isForgotten(now))) {
				PendingRequest request = line.remove();
				if (request.isWaiting()) {
					leave(request);
				}
			}
			if (line.isEmpty()) {
				lines.remove();
			}
		}
	}

	public static SocketOperationException timeout() {
		return new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
				"A request was not answered within its deadline");
	}

	/**
	 * Fails all requests, and those that come later.
	 * @param cause why; the first one stays
	 */
	void close(SocketOperationException cause) {
		List<PendingRequest> all = new ArrayList<>();
		this.lock.lock();
		try {
			if (this.closed == null) {
				this.closed = cause;
			}
			this.lines.values().forEach(all::addAll);
			this.lines.clear();
			this.size = 0;
		}
		finally {
			this.lock.unlock();
		}
		all.forEach((request) -> request.answer().completeExceptionally(cause));
	}

}

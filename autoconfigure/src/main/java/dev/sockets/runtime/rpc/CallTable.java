package dev.sockets.runtime.rpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The requests of one connection that wait for their result, by return code. Open to all
 * threads.
 */
final class CallTable {

	private static final int FEW = 2;

	/** They are looked through at least this often. */
	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final ConcurrentMap<Long, PendingCall> calls = new ConcurrentHashMap<>();

	private final AtomicInteger size = new AtomicInteger();

	private final int max;

	/** No request is to be given up before. */
	private final AtomicLong nextLook = new AtomicLong();

	private volatile @Nullable SocketOperationException closed;

	CallTable(int max) {
		this.max = max;
	}

	/**
	 * Returns whether so many requests wait that it pays to write them together.
	 * @return whether they are more than a few
	 */
	boolean areMany() {
		return this.size.get() > FEW;
	}

	boolean isAnyWaiting() {
		return this.size.get() > 0;
	}

	/**
	 * Adds a request, which is taken out again as soon as it is completed by whomever.
	 * @param call the request
	 * @throws SocketOperationException when no result can come, or too many are waited
	 * for
	 */
	void add(PendingCall call) {
		if (this.size.incrementAndGet() > this.max) {
			this.size.decrementAndGet();
			throw new SocketOperationException(SocketErrorCode.TOO_MANY_REQUESTS,
					this.max + " requests wait for an answer already; see max-pending-requests");
		}
		this.calls.put(call.code(), call);
		lookAt(call.deadline());
		call.whenComplete((result, failure) -> remove(call));
		SocketOperationException closed = this.closed;
		if (closed != null) {
			call.completeExceptionally(closed);
		}
	}

	private void lookAt(long deadline) {
		long next;
		do {
			next = this.nextLook.get();
		}
		while (deadline - next < 0 && !this.nextLook.compareAndSet(next, deadline));
	}

	private void remove(PendingCall call) {
		if (this.calls.remove(call.code(), call)) {
			this.size.decrementAndGet();
		}
	}

	/**
	 * Completes the request that an answer is for.
	 * @param code the answer's return code
	 * @param answer the answer
	 * @return {@code false} when no such request waits
	 */
	boolean answer(Long code, RpcMessage.Answer answer) {
		PendingCall call = this.calls.remove(code);
		if (call == null) {
			return false;
		}
		this.size.decrementAndGet();
		call.answered(answer);
		return true;
	}

	/**
	 * Fails the request that an answer is for.
	 * @param code the answer's return code
	 * @param cause why there is no answer
	 * @return {@code false} when no such request waits
	 */
	boolean fail(Long code, SocketOperationException cause) {
		PendingCall call = this.calls.get(code);
		return call != null && call.completeExceptionally(cause);
	}

	/**
	 * Gives up the requests whose deadline has passed.
	 * @param now the time, as {@link RpcLink#nanos()}
	 */
	void expire(long now) {
		if (now - this.nextLook.get() < 0) {
			return;
		}
		this.nextLook.set(now + LONGEST_PAUSE);
		for (PendingCall call : this.calls.values()) {
			if (call.isLate(now)) {
				call.expire();
			}
			else {
				lookAt(call.deadline());
			}
		}
	}

	/**
	 * Fails all requests, and those that come later.
	 * @param cause why; the first one stays
	 */
	void close(SocketOperationException cause) {
		if (this.closed == null) {
			this.closed = cause;
			this.calls.values().forEach((call) -> call.completeExceptionally(cause));
		}
	}

}

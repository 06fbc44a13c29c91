package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * The replies of one connection that wait to be polled, by return code. Bounded: the
 * oldest reply goes when there are too many, and the oldest code. Open to all threads.
 */
final class KeptReplies {

	static final int MOST = 1000;

	private record Kept(Box box, RpcMessage.Answer answer, long bytes) {

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this);
		}

	}

	private static final class Box {

		private final Deque<Kept> replies = new ArrayDeque<>();

		private final Condition changed;

		private Box(Condition changed) {
			this.changed = changed;
		}

	}

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, Box> boxes = new LinkedHashMap<>();

	private final Set<Kept> all = new LinkedHashSet<>();

	private final int maxCodes;

	private final Runnable dropped;

	private final LongConsumer released;

	private @Nullable SocketOperationException closed;

	/**
	 * Creates an empty store.
	 * @param maxCodes how many return codes are remembered
	 * @param dropped called for each reply that nobody will get; not to call back
	 * @param released told how many bytes are not kept any more; not to call back
	 */
	KeptReplies(int maxCodes, Runnable dropped, LongConsumer released) {
		this.maxCodes = maxCodes;
		this.dropped = dropped;
		this.released = released;
	}

	/**
	 * Keeps the replies to a request.
	 * @param code its return code
	 */
	void expect(long code) {
		this.lock.lock();
		try {
			if (this.boxes.size() >= this.maxCodes) {
				Iterator<Box> eldest = this.boxes.values().iterator();
				Box box = eldest.next();
				eldest.remove();
				box.replies.forEach((kept) -> this.dropped.run());
				clear(box);
			}
			this.boxes.put(code, new Box(this.lock.newCondition()));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Keeps a reply.
	 * @param code its return code
	 * @param answer the reply
	 * @param bytes how many bytes of memory count for it
	 * @return {@code false} when nobody expects it
	 */
	boolean offer(Long code, RpcMessage.Answer answer, long bytes) {
		this.lock.lock();
		try {
			Box box = this.boxes.get(code);
			if (box == null) {
				return false;
			}
			if (this.closed != null) {
				this.released.accept(bytes);
			}
			if (this.all.size() >= MOST) {
				Kept eldest = this.all.iterator().next();
				remove(eldest);
				eldest.box().replies.remove();
				this.dropped.run();
			}
			Kept kept = new Kept(box, answer, bytes);
			box.replies.add(kept);
			this.all.add(kept);
			box.changed.signal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the oldest reply with a return code.
	 * @param code the return code
	 * @param timeout how long to wait for one
	 * @return the reply; {@code null} when there is none in time
	 */
	RpcMessage.@Nullable Answer poll(@Nullable Long code, Duration timeout) {
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			while (true) {
				Box box = this.boxes.get(code);
				if (box == null) {
					throw new IllegalArgumentException("No replies are kept for the return code " + code
							+ ": it is forgotten, or was not sent over this connection");
				}
				Kept kept = box.replies.poll();
				if (kept != null) {
					remove(kept);
					return kept.answer();
				}
				if (this.closed != null) {
					throw Errors.here(this.closed);
				}
				if (left <= 0) {
					return null;
				}
				left = box.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT,
					"The thread was interrupted while it waited for a reply", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean knows(@Nullable Long code) {
		this.lock.lock();
		try {
			return this.boxes.containsKey(code);
		}
		finally {
			this.lock.unlock();
		}
	}

	void flush(@Nullable Long code) {
		this.lock.lock();
		try {
			Box box = this.boxes.get(code);
			if (box != null) {
				clear(box);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void forget(@Nullable Long code) {
		this.lock.lock();
		try {
			Box box = this.boxes.remove(code);
			if (box != null) {
				clear(box);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void forgetAll() {
		this.lock.lock();
		try {
			this.boxes.values().forEach(this::clear);
			this.boxes.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * No more replies come: who waits for one is told.
	 * @param cause why; the first one stays
	 */
	void close(SocketOperationException cause) {
		this.lock.lock();
		try {
			if (this.closed == null) {
				this.closed = cause;
				this.all.forEach((kept) -> this.released.accept(kept.bytes()));
				this.boxes.values().forEach((box) -> box.changed.signalAll());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What a connection has left behind counts no more. */
	private void remove(Kept kept) {
		this.all.remove(kept);
		if (this.closed == null) {
			this.released.accept(kept.bytes());
		}
	}

	private void clear(Box box) {
		box.replies.forEach(this::remove);
		box.replies.clear();
		box.changed.signalAll();
	}

}

package dev.sockets.runtime.rpc;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, ReplyBox> boxes = new LinkedHashMap<>();

	private final Set<KeptReply> all = new LinkedHashSet<>();

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
				Iterator<ReplyBox> eldest = this.boxes.values().iterator();
				ReplyBox box = eldest.next();
				eldest.remove();
				box.clear(this::drop);
			}
			this.boxes.put(code, new ReplyBox(this.lock.newCondition()));
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
			ReplyBox box = this.boxes.get(code);
			if (box == null) {
				return false;
			}
			if (this.closed != null) {
				this.released.accept(bytes);
			}
			if (this.all.size() >= MOST) {
				KeptReply eldest = this.all.iterator().next();
				eldest.box().poll();
				drop(eldest);
			}
			this.all.add(box.add(answer, bytes));
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the oldest reply with a return code.
	 * @param returnCode the return code
	 * @param timeout how long to wait for one
	 * @return the reply; {@code null} when there is none in time
	 * @throws IllegalArgumentException when none with that code are kept
	 */
	RpcMessage.@Nullable Answer poll(Object returnCode, Duration timeout) {
		Long code = Opcodes.number(returnCode);
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			while (true) {
				ReplyBox box = this.boxes.get(code);
				if (box == null) {
					throw new IllegalArgumentException("No replies are kept for the return code "
							+ Opcodes.text(returnCode) + ": it is forgotten, or was not sent over this connection");
				}
				KeptReply kept = box.poll();
				if (kept != null) {
					remove(kept);
					return kept.answer();
				}
				if (this.closed != null) {
					throw RemoteErrors.here(this.closed);
				}
				if (left <= 0) {
					return null;
				}
				left = box.await(left);
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
			ReplyBox box = this.boxes.get(code);
			if (box != null) {
				box.clear(this::remove);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void forget(@Nullable Long code) {
		this.lock.lock();
		try {
			ReplyBox box = this.boxes.remove(code);
			if (box != null) {
				box.clear(this::remove);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void forgetAll() {
		this.lock.lock();
		try {
			this.boxes.values().forEach((box) -> box.clear(this::remove));
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
				this.boxes.values().forEach(ReplyBox::wake);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void drop(KeptReply kept) {
		remove(kept);
		this.dropped.run();
	}

	/** What a connection has left behind counts no more. */
	private void remove(KeptReply kept) {
		this.all.remove(kept);
		if (this.closed == null) {
			this.released.accept(kept.bytes());
		}
	}

}

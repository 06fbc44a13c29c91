package dev.sockets.loop.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import dev.sockets.loop.MemoryBudget;

/**
 * How many bytes of one channel wait to be written, and how many of them belong to
 * replies that are not written completely. Open to all threads.
 */
final class WaterMarks {

	/** Reading stops while more bytes of replies than this wait for the peer. */
	private static final int HIGH_WATER = 64 * 1024;

	private static final int LOW_WATER = 16 * 1024;

	private static final VarHandle COUNT;

	private static final VarHandle REPLIES;

	static {
		try {
			COUNT = MethodHandles.lookup().findVarHandle(WaterMarks.class, "count", int.class);
			REPLIES = MethodHandles.lookup().findVarHandle(WaterMarks.class, "replies", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final int max;

	private final MemoryBudget memory;

	private volatile int count;

	private volatile int replies;

	WaterMarks(int max, MemoryBudget memory) {
		this.max = max;
		this.memory = memory;
	}

	int count() {
		return this.count;
	}

	boolean isOverMax() {
		return this.count > this.max;
	}

	/**
	 * Returns whether there is no room for more; there always is when none wait.
	 * @param size how many more
	 */
	boolean isFull(int size) {
		int count = this.count;
		return count > 0 && ((long) count + size > this.max || isOverdrawnBy(size));
	}

	/**
	 * Returns whether there is no memory for more.
	 * @param size how many more
	 */
	boolean isOverdrawnBy(int size) {
		return this.memory.isOverdrawnBy((long) this.count + size);
	}

	/**
	 * Counts bytes as waiting if that keeps their bound, however many threads try, and
	 * there is memory for them.
	 * @param size how many
	 * @return whether they were counted
	 */
	boolean reserve(int size) {
		int count;
		do {
			count = this.count;
			if (count > 0 && ((long) count + size > this.max || isOverdrawnBy(size))) {
				return false;
			}
		}
		while (!COUNT.compareAndSet(this, count, count + size));
		this.memory.add(size);
		return true;
	}

	/**
	 * Counts bytes as waiting, however many there are.
	 * @param outgoing the bytes
	 */
	void add(PendingWrite outgoing) {
		COUNT.getAndAdd(this, outgoing.size);
		this.memory.add(outgoing.size);
		countReply(outgoing);
	}

	void countReply(PendingWrite outgoing) {
		if (outgoing.reply) {
			REPLIES.getAndAdd(this, outgoing.size);
		}
	}

	/**
	 * Counts bytes as waiting, or as not waiting any more, that the transport keeps.
	 * @param size how many more
	 */
	void addHeld(int size) {
		if (size != 0) {
			COUNT.getAndAdd(this, size);
			this.memory.add(size);
		}
	}

	/**
	 * Counts bytes as not waiting any more: they were written, or are not needed for what
	 * they were reserved for.
	 * @param size how many
	 */
	void subtract(int size) {
		COUNT.getAndAdd(this, -size);
		this.memory.add(-size);
	}

	/**
	 * Counts what is left of bytes as not waiting any more. To be called before their end
	 * is told, so that nothing waits when the last was told.
	 * @param outgoing the bytes
	 */
	void remove(PendingWrite outgoing) {
		if (outgoing.buffer.hasRemaining()) {
			subtract(outgoing.buffer.remaining());
		}
		if (outgoing.reply) {
			REPLIES.getAndAdd(this, -outgoing.size);
		}
	}

	boolean areManyReplies() {
		return this.replies > HIGH_WATER;
	}

	boolean areFewReplies() {
		return this.replies <= LOW_WATER;
	}

}

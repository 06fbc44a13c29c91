package dev.sockets.loop.stream;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import dev.sockets.loop.MemoryBudget;

/**
 * What one channel keeps of what it has received; counts into the budget of all. Open to
 * all threads.
 */
final class ChannelMemory {

	private static final AtomicLongFieldUpdater<ChannelMemory> STATE = AtomicLongFieldUpdater
		.newUpdater(ChannelMemory.class, "state");

	private static final long GONE = 1;

	private final MemoryBudget budget;

	/**
	 * Twice the number of bytes that are kept, and one more once the channel has gone.
	 */
	private volatile long state;

	ChannelMemory(MemoryBudget budget) {
		this.budget = budget;
	}

	/**
	 * More is kept, or less.
	 * @param bytes how many bytes; negative when they are given back
	 */
	void add(long bytes) {
		if (bytes != 0) {
			boolean hasGone = isGone(STATE.addAndGet(this, 2 * bytes));
			this.budget.add(bytes);
			if (hasGone) {
				this.budget.leave(bytes);
			}
		}
	}

	/** The channel has gone: what is kept is in the hands of handlers. */
	void leave() {
		long before = STATE.getAndUpdate(this, (state) -> state | GONE);
		if (!isGone(before)) {
			this.budget.leave(before >> 1);
		}
	}

	private static boolean isGone(long state) {
		return (state & GONE) != 0;
	}

	long held() {
		return this.state >> 1;
	}

	boolean isUsedUp() {
		return this.budget.isUsedUp();
	}

	/** Returns whether everything is used up, and not by others alone. */
	boolean hasUsedUp() {
		return this.budget.isUsedUp() && this.budget.isMuch(held());
	}

	/** Returns whether a quarter more is used, and not by others alone. */
	boolean isOverdrawn() {
		return this.budget.isOverdrawnBy(held());
	}

}

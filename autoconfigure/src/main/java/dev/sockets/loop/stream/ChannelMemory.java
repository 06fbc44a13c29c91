package dev.sockets.loop.stream;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import dev.sockets.loop.MemoryBudget;

/**
 * What one channel keeps of what it has received; counts into the budget of all. Open to
 * all threads.
 */
final class ChannelMemory {

	private static final AtomicLongFieldUpdater<ChannelMemory> HELD = AtomicLongFieldUpdater
		.newUpdater(ChannelMemory.class, "held");

	private final MemoryBudget budget;

	private volatile long held;

	ChannelMemory(MemoryBudget budget) {
		this.budget = budget;
	}

	/**
	 * More is kept, or less.
	 * @param bytes how many bytes; negative when they are given back
	 */
	void add(long bytes) {
		if (bytes != 0) {
			HELD.addAndGet(this, bytes);
			this.budget.add(bytes);
		}
	}

	long held() {
		return this.held;
	}

	boolean isUsedUp() {
		return this.budget.isUsedUp();
	}

	boolean isOverdrawn() {
		return this.budget.isOverdrawn();
	}

}

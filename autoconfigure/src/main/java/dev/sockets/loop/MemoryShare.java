package dev.sockets.loop;

import java.util.concurrent.atomic.LongAdder;

/**
 * The part of a {@link MemoryBudget} for what nobody may ever ask for: half of it at
 * most, so that there is always some for what is on its way. Open to all threads.
 */
public final class MemoryShare {

	private final MemoryBudget budget;

	private final LongAdder used = new LongAdder();

	MemoryShare(MemoryBudget budget) {
		this.budget = budget;
	}

	/**
	 * More is kept, or less.
	 * @param bytes how many bytes; negative when they are given back
	 */
	public void add(long bytes) {
		this.used.add(bytes);
		this.budget.add(bytes);
	}

	/**
	 * Returns whether nothing more should be kept.
	 * @return whether the share or the whole budget is used
	 */
	public boolean isUsedUp() {
		return this.used.sum() >= this.budget.max() / 2 || this.budget.isUsedUp();
	}

}

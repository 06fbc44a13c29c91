package dev.sockets.loop.tls;

import dev.sockets.loop.MemoryBudget;

/**
 * How much one connection keeps of records that are not complete, or that the socket has
 * not taken. Counts into the budget of all until it is closed. Open to all threads.
 */
final class HeldBytes {

	private final MemoryBudget budget;

	private long count;

	private boolean closed;

	HeldBytes(MemoryBudget budget) {
		this.budget = budget;
	}

	synchronized void add(long bytes) {
		if (!this.closed && bytes != 0) {
			this.count += bytes;
			this.budget.add(bytes);
		}
	}

	synchronized long count() {
		return this.count;
	}

	synchronized void close() {
		add(-this.count);
		this.closed = true;
	}

}

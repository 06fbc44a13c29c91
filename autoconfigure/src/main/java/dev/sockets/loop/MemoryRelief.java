package dev.sockets.loop;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Makes room when the memory for what is kept is used up for some time: closes those of
 * one loop's selectables that hold most, down to half of what the largest of all loops
 * holds, but none that holds little. Belongs to who runs the loop, but for
 * {@link #largest()}.
 */
final class MemoryRelief {

	/** For so many ticks others may make room first. */
	private static final int PATIENCE = 2;

	private record Holder(Selectable selectable, long bytes) {

	}

	private final MemoryBudget memory;

	private int ticks;

	private volatile long largest;

	MemoryRelief(MemoryBudget memory) {
		this.memory = memory;
	}

	/** Returns how much the largest of the loop's selectables holds; 0 with room. */
	long largest() {
		return this.largest;
	}

	/**
	 * Some time has passed.
	 * @param keys what the loop watches
	 * @param watchdog knows the other loops
	 */
	void tick(Set<SelectionKey> keys, Watchdog watchdog) {
		if (!this.memory.isUsedUp()) {
			this.ticks = 0;
			this.largest = 0;
			return;
		}
		List<Holder> holders = holders(keys);
		this.largest = holders.isEmpty() ? 0 : holders.get(0).bytes();
		this.ticks++;
		if (this.ticks > PATIENCE) {
			relieve(holders, watchdog.largestHeld() / 2);
		}
	}

	private static List<Holder> holders(Set<SelectionKey> keys) {
		List<Holder> holders = new ArrayList<>();
		for (SelectionKey key : keys) {
			Selectable selectable = ((Registration) key.attachment()).selectable();
			long held = selectable.heldBytes();
			if (held > 0) {
				holders.add(new Holder(selectable, held));
			}
		}
		holders.sort(Comparator.comparingLong(Holder::bytes).reversed());
		return holders;
	}

	/** What is closed gives back what it holds soon, but not at once. */
	private void relieve(List<Holder> holders, long least) {
		long excess = this.memory.excess();
		for (Holder holder : holders) {
			if (excess <= 0 || holder.bytes() < least || !this.memory.isMuch(holder.bytes())) {
				return;
			}
			excess -= holder.bytes();
			tell();
			holder.selectable().relieve();
		}
	}

	private void tell() {
		FailureLog.warn("All memory for what waits for peers or handlers is used, so the connections that hold most "
				+ "are closed with reason MEMORY; see sockets.memory.max");
	}

}

package dev.sockets.loop;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * How many bytes may be kept for peers in all: what they have sent and nobody has
 * handled, and what they have not taken. Each connection has bounds of its own, but many
 * of them together could fill the heap. What is read, handled and answered at once is not
 * kept, and not counted.
 *
 * <p>
 * When it is used up, those that would need more are not read any more; if that lasts,
 * those that hold most are closed. A quarter more is kept of what was read already, and a
 * little of each beyond that, so that nobody is closed for it while others hold much:
 * what is little depends on how many there are. Counts are striped, so counting costs no
 * more than a few nanoseconds. Open to all threads.
 */
public final class MemoryBudget {

	/** The part of everything that all may keep a share of whatever else is used. */
	private static final int LITTLE = 32;

	/** No more than a connection that keeps nothing takes itself. */
	private static final long LEAST = 2048;

	private final long max;

	private final LongAdder used = new LongAdder();

	/** The part of it that no closing gives back. */
	private final LongAdder left = new LongAdder();

	private final MemoryShare keptForLater = new MemoryShare(this);

	private volatile IntSupplier users = () -> 1;

	/**
	 * Creates a budget.
	 * @param max how many bytes may be kept
	 */
	public MemoryBudget(long max) {
		if (max < 1) {
			throw new IllegalArgumentException("There must be some memory, not " + max + " bytes");
		}
		this.max = max;
	}

	/**
	 * Returns the budget that is used when nobody says how large it is to be.
	 * @return a quarter of the largest heap
	 */
	public static MemoryBudget ofHeap() {
		return new MemoryBudget(Math.max(1, Runtime.getRuntime().maxMemory() / 4));
	}

	/** Returns how many bytes may be kept. */
	public long max() {
		return this.max;
	}

	/**
	 * Returns how many bytes are kept.
	 * @return the number of bytes, as far as others do not change it meanwhile
	 */
	public long used() {
		return Math.max(0, this.used.sum());
	}

	/**
	 * Returns the part for what nobody may ever ask for.
	 * @return always the same object
	 */
	public MemoryShare keptForLater() {
		return this.keptForLater;
	}

	/**
	 * The budget has users from now on.
	 * @param users says how many there are; asked by any thread
	 */
	void usedBy(IntSupplier users) {
		this.users = users;
	}

	/**
	 * More is kept, or less.
	 * @param bytes how many bytes; negative when they are given back
	 */
	public void add(long bytes) {
		this.used.add(bytes);
	}

	/**
	 * More of what is kept is in the hands of handlers whose connections have gone, or
	 * less: there is nobody left to close for it.
	 * @param bytes how many bytes; negative when they are given back
	 */
	public void leave(long bytes) {
		this.left.add(bytes);
	}

	/** Returns whether nothing should be read that would have to be kept. */
	public boolean isUsedUp() {
		return used() >= this.max;
	}

	/**
	 * Returns whether nothing more can be kept for somebody.
	 * @param held how many bytes are kept for who has them
	 * @return whether a quarter more than everything is used, and that is much
	 */
	public boolean isOverdrawnBy(long held) {
		return used() - this.max >= this.max / 4 && isMuch(held);
	}

	/**
	 * Returns whether somebody keeps more than may be kept of each, whatever is used.
	 * @param held how many bytes are kept for who has them
	 * @return {@code false} when it is little
	 */
	public boolean isMuch(long held) {
		return held > LEAST && held > this.max / LITTLE / Math.max(1, this.users.getAsInt());
	}

	/**
	 * Returns how much those that can be closed are to give back, so that there is room
	 * for others.
	 * @return the number of bytes; not positive when there is room
	 */
	long excess() {
		return used() - this.left.sum() - (this.max - this.max / 4);
	}

}

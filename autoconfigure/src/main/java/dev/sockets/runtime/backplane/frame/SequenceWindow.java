package dev.sockets.runtime.backplane.frame;

import java.util.BitSet;

/**
 * What has come of the frames of one sender on one channel: tells repeated ones apart
 * from late ones, and how many are missing. Not for several threads.
 */
public final class SequenceWindow {

	/** How many of the newest numbers are told apart. */
	public static final int SIZE = 1024;

	/** What a number means. */
	public enum Arrival {

		/** It comes after all that came before. */
		NEXT,

		/** It was thought to be missing. */
		LATE,

		/** It came before, or is so old that it may have. */
		REPEATED

	}

	private final BitSet seen = new BitSet(SIZE);

	private long first = Long.MIN_VALUE;

	private long newest;

	private long missing;

	private boolean resumed;

	/**
	 * The channel was not listened to for a while: what was sent meanwhile was not for
	 * this node, so it is not missing.
	 */
	public void resume() {
		this.resumed = true;
	}

	/**
	 * A number has come.
	 * @param sequence the number
	 * @return what it means
	 */
	public Arrival arrived(long sequence) {
		this.missing = 0;
		if (this.first == Long.MIN_VALUE) {
			begin(sequence);
			return Arrival.NEXT;
		}
		if (sequence > this.newest) {
			advance(sequence);
			return Arrival.NEXT;
		}
		if (isRepeated(sequence)) {
			return Arrival.REPEATED;
		}
		this.seen.set(bit(sequence));
		return Arrival.LATE;
	}

	/** Returns whether a number has come, or is so old that it may have. */
	public boolean isRepeated(long sequence) {
		return this.first != Long.MIN_VALUE && sequence <= this.newest
				&& (sequence < this.first || this.newest - sequence >= SIZE || this.seen.get(bit(sequence)));
	}

	/** Returns how many numbers were left out before the one that came last. */
	public long missing() {
		return this.missing;
	}

	private void begin(long sequence) {
		this.first = sequence;
		this.newest = sequence;
		this.seen.set(bit(sequence));
	}

	private void advance(long sequence) {
		long skippedCount = sequence - this.newest - 1;
		this.missing = this.resumed ? 0 : skippedCount;
		this.resumed = false;
		if (skippedCount >= SIZE) {
			this.seen.clear();
		}
		else {
			for (long skipped = this.newest + 1; skipped < sequence; skipped++) {
				this.seen.clear(bit(skipped));
			}
		}
		this.newest = sequence;
		this.seen.set(bit(sequence));
	}

	private static int bit(long sequence) {
		return (int) (sequence & (SIZE - 1));
	}

}

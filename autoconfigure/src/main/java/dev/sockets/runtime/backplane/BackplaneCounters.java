package dev.sockets.runtime.backplane;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.sockets.runtime.backplane.frame.DropReason;

/**
 * What has gone over the backplane, and what has not. Open to all threads.
 */
public final class BackplaneCounters {

	private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

	private final LongAdder published = new LongAdder();

	private final LongAdder received = new LongAdder();

	private final LongAdder missed = new LongAdder();

	private final LongAdder missedForGood = new LongAdder();

	private final LongAdder late = new LongAdder();

	BackplaneCounters() {
		for (DropReason reason : DropReason.values()) {
			this.dropped.put(reason, new LongAdder());
		}
	}

	void drop(DropReason reason) {
		drop(reason, 1);
	}

	void drop(DropReason reason, int count) {
		counter(reason).add(count);
	}

	private LongAdder counter(DropReason reason) {
		LongAdder counter = this.dropped.get(reason);
		if (counter == null) {
			throw new IllegalStateException("There is a counter for each reason");
		}
		return counter;
	}

	void publish(int frames) {
		this.published.add(frames);
	}

	void receive() {
		this.received.increment();
	}

	void miss(long frames) {
		this.missed.add(frames);
	}

	/** They may come yet, and nobody waits for them any more. */
	void missForGood(long frames) {
		this.missedForGood.add(frames);
	}

	/** It was thought to be missing. */
	void late() {
		this.late.increment();
		this.missed.decrement();
	}

	/** Returns how many frames of this node were dropped, for whatever reason. */
	long notSent() {
		return dropped(DropReason.DOWN) + dropped(DropReason.FULL) + dropped(DropReason.EXPIRED)
				+ dropped(DropReason.UNCONFIRMED);
	}

	/**
	 * Returns how many frames were not sent, or not taken.
	 * @param reason why
	 */
	public long dropped(DropReason reason) {
		return counter(reason).sum();
	}

	/** Returns how many frames the engine was given. */
	public long published() {
		return this.published.sum();
	}

	/** Returns how many frames of other nodes were taken. */
	public long received() {
		return this.received.sum();
	}

	/** Returns how many frames were not there after a while; never goes back. */
	long missedForGood() {
		return this.missedForGood.sum();
	}

	/** Returns how many frames of other nodes have not come; late ones have. */
	public long missed() {
		return this.missed.sum();
	}

	/** Returns how many frames have come after later ones. */
	public long lateFrames() {
		return this.late.sum();
	}

}

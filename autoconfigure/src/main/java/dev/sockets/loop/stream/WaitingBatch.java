package dev.sockets.loop.stream;

import java.util.List;
import java.util.function.Predicate;

/**
 * What came by one read and waits to be handled. One thread takes it; meanwhile another
 * may drop some of it.
 */
final class WaitingBatch {

	/** Memory that an item takes beside its bytes, more or less. */
	private static final long ITEM_BYTES = 64;

	private final int size;

	private List<Object> items;

	private long bytes;

	WaitingBatch(List<Object> items, long bytes) {
		this.size = items.size();
		this.items = items;
		this.bytes = bytes + ITEM_BYTES * this.size;
	}

	/**
	 * Returns how many items there were, whatever was dropped.
	 * @return their number
	 */
	int size() {
		return this.size;
	}

	synchronized long bytes() {
		return this.bytes;
	}

	/**
	 * Returns how much memory is given back; that is told once.
	 * @return the number of bytes
	 */
	synchronized long release() {
		long bytes = this.bytes;
		this.bytes = 0;
		return bytes;
	}

	synchronized List<Object> take() {
		List<Object> items = this.items;
		this.items = List.of();
		return items;
	}

	/**
	 * Drops items, if the batch was not taken.
	 * @param dropped which of them
	 * @return whether nobody holds them any more
	 */
	synchronized boolean drop(Predicate<Object> dropped) {
		boolean waits = !this.items.isEmpty();
		this.items = this.items.stream().filter(dropped.negate()).toList();
		return waits;
	}

}

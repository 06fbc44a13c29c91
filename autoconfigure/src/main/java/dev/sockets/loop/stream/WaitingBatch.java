package dev.sockets.loop.stream;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What came by one read and waits to be handled. While one thread handles it another may
 * drop what that has not come to.
 */
final class WaitingBatch {

	/** Memory that an item takes beside its bytes, more or less. */
	private static final long ITEM_BYTES = 64;

	/** Those dropped are {@code null}. */
	private final List<@Nullable Object> items;

	private long bytes;

	@SuppressWarnings("unchecked")
	WaitingBatch(List<Object> items, long bytes) {
		this.items = (List<@Nullable Object>) (List<?>) items;
		this.bytes = bytes + ITEM_BYTES * items.size();
	}

	int size() {
		return this.items.size();
	}

	/**
	 * Returns an item.
	 * @param index its index
	 * @return the item; {@code null} when it was dropped
	 */
	@Nullable Object get(int index) {
		return this.items.get(index);
	}

	List<@Nullable Object> items() {
		return this.items;
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

	/**
	 * Drops items; one that is being handled goes on being so.
	 * @param dropped which of them; only of lists that can be changed
	 */
	void drop(Predicate<Object> dropped) {
		for (int i = 0; i < this.items.size(); i++) {
			Object item = this.items.get(i);
			if (item != null && dropped.test(item)) {
				this.items.set(i, null);
			}
		}
	}

}

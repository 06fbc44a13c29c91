package dev.sockets.codec.pickle;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Values that a pickle remembers to use them again. An index is less than the number of
 * bytes of the pickle, so its room is never more than the peer has sent.
 */
final class Memo {

	private static final Object NULL = new Object();

	private final int limit;

	private @Nullable Object[] values = new Object[16];

	private int next;

	Memo(int limit) {
		this.limit = limit;
	}

	/**
	 * Remembers a value at the next index, which is the number of values remembered.
	 */
	void add(@Nullable Object value) {
		put(this.next, value);
	}

	void put(long index, @Nullable Object value) {
		if (index < 0 || index >= this.limit) {
			throw PickleFault
				.received("a memo index of %d, where %d is the first too high".formatted(index, this.limit));
		}
		int at = (int) index;
		if (at >= this.values.length) {
			this.values = Arrays.copyOf(this.values, Math.max(at + 1, 2 * this.values.length));
		}
		if (this.values[at] == null) {
			this.next++;
		}
		this.values[at] = (value != null) ? value : NULL;
	}

	@Nullable Object get(long index) {
		Object value = (index < 0 || index >= this.values.length) ? null : this.values[(int) index];
		if (value == null) {
			throw PickleFault.received("a memo index of " + index + " that has no value");
		}
		return (value != NULL) ? value : null;
	}

}

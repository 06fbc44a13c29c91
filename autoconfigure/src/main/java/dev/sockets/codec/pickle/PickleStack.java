package dev.sockets.codec.pickle;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The stack of a pickle, with marks. Whatever is above the last mark cannot be popped
 * past it.
 */
final class PickleStack {

	private @Nullable Object[] values = new Object[16];

	private int size;

	private int[] marks = new int[4];

	private int markCount;

	void push(@Nullable Object value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, 2 * this.size);
		}
		this.values[this.size++] = value;
	}

	@Nullable Object pop() {
		require(1);
		return this.values[--this.size];
	}

	/**
	 * Pops a value, or the last mark when nothing is above it.
	 */
	void popOrUnmark() {
		if (this.markCount > 0 && this.marks[this.markCount - 1] == this.size) {
			this.markCount--;
		}
		else {
			pop();
		}
	}

	@Nullable Object peek() {
		require(1);
		return this.values[this.size - 1];
	}

	/**
	 * Pops values.
	 * @param count how many
	 * @return the values, the topmost last
	 */
	@Nullable Object[] pop(int count) {
		require(count);
		this.size -= count;
		return Arrays.copyOfRange(this.values, this.size, this.size + count);
	}

	void mark() {
		if (this.markCount == this.marks.length) {
			this.marks = Arrays.copyOf(this.marks, 2 * this.markCount);
		}
		this.marks[this.markCount++] = this.size;
	}

	/**
	 * Pops a mark and what is above it.
	 * @return the values, the topmost last
	 */
	@Nullable Object[] popToMark() {
		if (this.markCount == 0) {
			throw PickleFault.received("a pickle that looks for a mark that is not there");
		}
		@Nullable Object[] popped = pop(this.size - this.marks[this.markCount - 1]);
		this.markCount--;
		return popped;
	}

	private void require(int count) {
		int floor = (this.markCount == 0) ? 0 : this.marks[this.markCount - 1];
		if (this.size - floor < count) {
			throw PickleFault.received("a pickle that takes more from its stack than is there");
		}
	}

}

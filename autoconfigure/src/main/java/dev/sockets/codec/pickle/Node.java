package dev.sockets.codec.pickle;

import org.jspecify.annotations.Nullable;

/**
 * A part of a pickle that is not a value yet, as it may still get elements, or be one
 * that is to be made of others. {@link Assembler} makes a value of it, once however often
 * it occurs.
 */
abstract sealed class Node permits CollectionNode, GlobalNode, ObjectNode {

	private enum Progress {

		UNTOUCHED, BEGUN, MADE

	}

	private Progress progress = Progress.UNTOUCHED;

	private @Nullable Object value;

	private int height;

	private int size;

	/**
	 * Begins to make a value.
	 * @return {@code false} when that was begun before, as it contains itself
	 */
	boolean begin() {
		boolean first = this.progress == Progress.UNTOUCHED;
		this.progress = Progress.BEGUN;
		return first;
	}

	void made(@Nullable Object value, int height, int size) {
		this.progress = Progress.MADE;
		this.value = value;
		this.height = height;
		this.size = size;
	}

	boolean isMade() {
		return this.progress == Progress.MADE;
	}

	@Nullable Object value() {
		return this.value;
	}

	/**
	 * Returns how many levels of containers are below it.
	 */
	int height() {
		return this.height;
	}

	/**
	 * Returns how many elements are in it and in all below it.
	 */
	int size() {
		return this.size;
	}

}

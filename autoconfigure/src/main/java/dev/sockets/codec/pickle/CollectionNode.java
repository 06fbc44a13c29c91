package dev.sockets.codec.pickle;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The elements of a list, tuple, set or frozenset, or the keys and values of a dict in
 * turn.
 */
final class CollectionNode extends Node {

	enum Kind {

		LIST, TUPLE, DICT, SET, FROZENSET

	}

	private static final @Nullable Object[] NONE = {};

	private final Kind kind;

	private @Nullable Object[] elements;

	private int count;

	CollectionNode(Kind kind) {
		this(kind, NONE);
	}

	CollectionNode(Kind kind, @Nullable Object[] elements) {
		this.kind = kind;
		this.elements = elements;
		this.count = elements.length;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * Returns the elements.
	 * @return an array of just these, and mostly the node's own
	 */
	@Nullable Object[] elements() {
		return (this.count == this.elements.length) ? this.elements : Arrays.copyOf(this.elements, this.count);
	}

	/**
	 * Adds all elements of an array, which is not changed afterwards.
	 */
	void addAll(@Nullable Object[] added) {
		if (this.count == 0) {
			this.elements = added;
		}
		else {
			ensure(added.length);
			System.arraycopy(added, 0, this.elements, this.count, added.length);
		}
		this.count += added.length;
	}

	private void ensure(int more) {
		int needed = this.count + more;
		if (needed > this.elements.length) {
			this.elements = Arrays.copyOf(this.elements, Math.max(Math.max(needed, 4), 2 * this.count));
		}
	}

}

package dev.sockets.codec;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.RandomAccess;

import org.jspecify.annotations.Nullable;

/**
 * A tuple of Python: a list that does not change and may contain {@code null}. It equals
 * any list of equal elements, as lists have to; codec {@code pickle} tells the two apart
 * by their class. A tuple whose elements don't change either is a good key of a map.
 */
public final class Tuple extends AbstractList<@Nullable Object> implements RandomAccess {

	private static final Tuple EMPTY = new Tuple(new Object[0]);

	private final @Nullable Object[] elements;

	private Tuple(@Nullable Object[] elements) {
		this.elements = elements;
	}

	/**
	 * Returns a tuple of some elements.
	 * @param elements the elements, copied
	 * @return the tuple
	 */
	public static Tuple of(@Nullable Object... elements) {
		return (elements.length == 0) ? EMPTY : new Tuple(Arrays.copyOf(elements, elements.length, Object[].class));
	}

	/**
	 * Returns a tuple of a collection's elements.
	 * @param elements the elements, copied
	 * @return the tuple; the collection itself when it is one
	 */
	public static Tuple copyOf(Collection<? extends @Nullable Object> elements) {
		return (elements instanceof Tuple tuple) ? tuple : of(elements.toArray());
	}

	@Override
	public @Nullable Object get(int index) {
		return this.elements[index];
	}

	@Override
	public int size() {
		return this.elements.length;
	}

	@Override
	public @Nullable Object[] toArray() {
		return this.elements.clone();
	}

}

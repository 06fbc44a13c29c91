package dev.sockets.rpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Named arguments, given as the last argument of a request. Immutable.
 */
public final class Kwargs {

	/** No named arguments. */
	public static final Kwargs NONE = new Kwargs(Map.of());

	private final Map<String, @Nullable Object> values;

	private Kwargs(Map<String, @Nullable Object> values) {
		this.values = values;
	}

	/**
	 * Names one argument.
	 * @param name its name
	 * @param value its value; {@code null} for None
	 * @return the named arguments
	 */
	public static Kwargs of(String name, @Nullable Object value) {
		return NONE.and(name, value);
	}

	/**
	 * Names several arguments.
	 * @param name name of the first
	 * @param value value of the first
	 * @param more names and values of the others, in turn
	 * @return the named arguments
	 * @throws IllegalArgumentException when a name has no value or is no text
	 */
	public static Kwargs of(String name, @Nullable Object value, @Nullable Object... more) {
		if (more.length % 2 != 0) {
			throw new IllegalArgumentException("The last name has no value");
		}
		Kwargs all = of(name, value);
		for (int i = 0; i < more.length; i += 2) {
			if (!(more[i] instanceof String next)) {
				throw new IllegalArgumentException("A name has to be a text, but one is " + more[i]);
			}
			all = all.and(next, more[i + 1]);
		}
		return all;
	}

	/**
	 * Names the entries of a map.
	 * @param values the arguments by their names
	 * @return the named arguments, in the map's order
	 */
	public static Kwargs of(Map<String, ? extends @Nullable Object> values) {
		return new Kwargs(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
	}

	/**
	 * Names one argument more.
	 * @param name its name
	 * @param value its value; {@code null} for None
	 * @return these arguments and that one
	 * @throws IllegalArgumentException when the name is taken
	 */
	public Kwargs and(String name, @Nullable Object value) {
		Map<String, @Nullable Object> more = new LinkedHashMap<>(this.values);
		if (more.containsKey(name)) {
			throw new IllegalArgumentException("There are two arguments named '" + name + "'");
		}
		more.put(name, value);
		return new Kwargs(Collections.unmodifiableMap(more));
	}

	/**
	 * Returns the arguments.
	 * @return an unmodifiable map by name, in the order in which they were named
	 */
	public Map<String, @Nullable Object> asMap() {
		return this.values;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Kwargs kwargs && this.values.equals(kwargs.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return "Kwargs" + this.values;
	}

}

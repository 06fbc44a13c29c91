package dev.sockets.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An object of Python whose class is mapped to none of Java: what it would be made of, as
 * codec {@code pickle} has received it. Nothing was loaded or called for it. Sent again,
 * it becomes an equal object on the other side; that side then loads and calls what it
 * names, so don't pass it on from a peer that the other side should not trust.
 *
 * <p>
 * Immutable, but for the lists and maps of the peer in it. Objects that were made alike
 * of equal parts are equal.
 */
public final class PickledObject {

	/** How Python makes an object. */
	public enum Kind {

		/** It is the class or function of that name itself. */
		NAME,

		/** The class or function is called with the arguments. */
		CALL,

		/** The class makes it by {@code __new__}, without its constructor. */
		NEW

	}

	private static final int MAX_NAME = 1000;

	private final Kind kind;

	private final String module;

	private final String name;

	private Tuple args = Tuple.of();

	private Map<String, @Nullable Object> keywords = Map.of();

	private @Nullable Object state;

	private List<@Nullable Object> items = List.of();

	private Map<@Nullable Object, @Nullable Object> entries = Map.of();

	private PickledObject(Kind kind, String module, String name) {
		this.kind = kind;
		this.module = checked(module);
		this.name = checked(name);
	}

	private PickledObject(PickledObject other) {
		this(other.kind, other.module, other.name);
		this.args = other.args;
		this.keywords = other.keywords;
		this.state = other.state;
		this.items = other.items;
		this.entries = other.entries;
	}

	/**
	 * Returns a class or function itself, such as the {@code ValueError} of
	 * {@code builtins}.
	 * @param module the module, with its packages
	 * @param name the name in the module, after the classes around it if there are any
	 * @return the object
	 * @throws IllegalArgumentException when a name is empty, longer than 1,000 characters
	 * or contains white space or control characters
	 */
	public static PickledObject named(String module, String name) {
		return new PickledObject(Kind.NAME, module, name);
	}

	/**
	 * Returns what a class or function returns when it is called.
	 * @param module the module
	 * @param name the name in the module
	 * @param args the arguments
	 * @return the object
	 * @throws IllegalArgumentException as {@link #named(String, String)} does
	 */
	public static PickledObject call(String module, String name, @Nullable Object... args) {
		PickledObject object = new PickledObject(Kind.CALL, module, name);
		object.args = Tuple.of(args);
		return object;
	}

	/**
	 * Returns an object that its class makes by {@code __new__}.
	 * @param module the module
	 * @param name the class
	 * @param args the arguments of {@code __new__}
	 * @return the object
	 * @throws IllegalArgumentException as {@link #named(String, String)} does
	 */
	public static PickledObject instance(String module, String name, @Nullable Object... args) {
		PickledObject object = new PickledObject(Kind.NEW, module, name);
		object.args = Tuple.of(args);
		return object;
	}

	private static String checked(String name) {
		if (name.isEmpty() || name.length() > MAX_NAME || name.codePoints().anyMatch(PickledObject::isOutOfPlace)) {
			throw new IllegalArgumentException("A name of Python has 1 to " + MAX_NAME
					+ " characters, none of them white space or a control character");
		}
		return name;
	}

	private static boolean isOutOfPlace(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
				true;
			default -> false;
		};
	}

	/**
	 * Returns the same with keyword arguments.
	 * @param keywords the arguments by name, copied; only an instance may have them
	 * @return the object
	 * @throws IllegalStateException when this is no instance
	 */
	public PickledObject withKeywords(Map<String, ? extends @Nullable Object> keywords) {
		if (!keywords.isEmpty() && this.kind != Kind.NEW) {
			throw new IllegalStateException("Only an instance has keyword arguments, not " + type());
		}
		PickledObject object = new PickledObject(this);
		object.keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
		return object;
	}

	/**
	 * Returns the same with a state, which Python gives to {@code __setstate__} or sets
	 * as fields.
	 * @param state mostly the fields by name; {@code null} for none
	 * @return the object
	 */
	public PickledObject withState(@Nullable Object state) {
		PickledObject object = new PickledObject(this);
		object.state = state;
		return object;
	}

	/**
	 * Returns the same with what is appended to it, as it is a list.
	 * @param items the elements, copied
	 * @return the object
	 */
	public PickledObject withItems(List<? extends @Nullable Object> items) {
		PickledObject object = new PickledObject(this);
		object.items = Tuple.copyOf(items);
		return object;
	}

	/**
	 * Returns the same with what is put into it, as it is a dict.
	 * @param entries the entries, copied
	 * @return the object
	 */
	public PickledObject withEntries(Map<? extends @Nullable Object, ? extends @Nullable Object> entries) {
		PickledObject object = new PickledObject(this);
		object.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
		return object;
	}

	/**
	 * Returns how Python makes it.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Returns the module of its class or function.
	 * @return the module, with its packages
	 */
	public String module() {
		return this.module;
	}

	/**
	 * Returns its class or function.
	 * @return the name in the module
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the full name of its class or function.
	 * @return module and name, such as {@code shop.Order}
	 */
	public String type() {
		return this.module + "." + this.name;
	}

	/**
	 * Returns the arguments it is made with.
	 * @return the arguments, may be none
	 */
	public Tuple args() {
		return this.args;
	}

	/**
	 * Returns the keyword arguments it is made with.
	 * @return the arguments by name, may be none
	 */
	public Map<String, @Nullable Object> keywords() {
		return this.keywords;
	}

	/**
	 * Returns its state.
	 * @return a map of its fields for most classes, anything for those that say so;
	 * {@code null} when there is none
	 */
	public @Nullable Object state() {
		return this.state;
	}

	/**
	 * Returns what it contains as a list.
	 * @return the elements, may be none
	 */
	public List<@Nullable Object> items() {
		return this.items;
	}

	/**
	 * Returns what it contains as a dict.
	 * @return the entries, may be none
	 */
	public Map<@Nullable Object, @Nullable Object> entries() {
		return this.entries;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj == this
				|| (obj instanceof PickledObject other && this.kind == other.kind && this.module.equals(other.module)
						&& this.name.equals(other.name) && Arrays.deepEquals(this.args.toArray(), other.args.toArray())
						&& this.keywords.equals(other.keywords) && Objects.deepEquals(this.state, other.state)
						&& this.items.equals(other.items) && this.entries.equals(other.entries));
	}

	@Override
	public int hashCode() {
		return Arrays.deepHashCode(new @Nullable Object[] { this.kind, this.module, this.name, this.args.toArray(),
				this.state, this.items, this.entries });
	}

	/**
	 * Returns its full name and what it is made of.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(type());
		if (this.kind != Kind.NAME) {
			text.append(this.args);
		}
		return append(append(append(append(text, this.keywords, Map.of()), this.state, null), this.items, List.of()),
				this.entries, Map.of())
			.toString();
	}

	private static StringBuilder append(StringBuilder text, @Nullable Object part, @Nullable Object absent) {
		return Objects.equals(part, absent) ? text : text.append(' ').append(part);
	}

}

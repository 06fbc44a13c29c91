package dev.sockets.codec.pickle;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.codec.PickledObject;
import dev.sockets.codec.PickledObject.Kind;

/**
 * The classes of Python that have one in Java.
 */
final class ClassMappings {

	private final Map<String, ClassMapping> byName = new HashMap<>();

	private final Map<Class<?>, ClassMapping> byClass = new HashMap<>();

	ClassMappings() {
	}

	/**
	 * Copies mappings.
	 */
	ClassMappings(ClassMappings other) {
		this.byName.putAll(other.byName);
		this.byClass.putAll(other.byClass);
	}

	/**
	 * Adds a mapping.
	 * @param name the full name of the class of Python
	 * @param type the class of Java
	 * @throws IllegalArgumentException when one of them is of no use, or is mapped
	 * already
	 */
	void add(String name, Class<?> type) {
		PickledObject python = python(name);
		ClassMapping mapping = new ClassMapping(python, Fields.of(type));
		if (this.byName.containsKey(python.type()) || this.byClass.containsKey(type)) {
			throw new IllegalArgumentException("One of " + name + " and " + type.getName() + " is mapped already");
		}
		this.byName.put(python.type(), mapping);
		this.byClass.put(type, mapping);
	}

	private static PickledObject python(String name) {
		int separator = (name.indexOf(':') < 0) ? name.lastIndexOf('.') : name.indexOf(':');
		if (separator < 0) {
			throw new IllegalArgumentException("A class of Python has a module before it, unlike '" + name + "'");
		}
		return PickledObject.named(name.substring(0, separator), name.substring(separator + 1));
	}

	/**
	 * Returns the mapping of an object of Python; {@code null} when it has none.
	 */
	@Nullable ClassMapping find(PickledObject object) {
		return (this.byName.isEmpty() || object.kind() == Kind.NAME) ? null : this.byName.get(object.type());
	}

	/**
	 * Returns the mapping of a class of Java; {@code null} when it has none.
	 */
	@Nullable ClassMapping find(Class<?> type) {
		return this.byClass.get(type);
	}

}

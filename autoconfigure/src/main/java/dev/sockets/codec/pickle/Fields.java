package dev.sockets.codec.pickle;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The named values that a class consists of.
 */
interface Fields {

	/**
	 * Returns the fields of a class.
	 * @throws IllegalArgumentException when it is neither a record nor a bean
	 */
	static Fields of(Class<?> type) {
		return type.isRecord() ? RecordFields.of(type) : new BeanFields(type);
	}

	/**
	 * Returns the class.
	 */
	Class<?> owner();

	/**
	 * Returns the fields by name, in their order.
	 */
	Map<String, ResolvableType> types();

	/**
	 * Returns whether their order means something.
	 */
	boolean areOrdered();

	/**
	 * Creates an object.
	 * @param values the values of some or all fields, as their types have it
	 */
	Object create(Map<String, @Nullable Object> values) throws ReflectiveOperationException;

	/**
	 * Returns the values of an object, in the order of the fields.
	 */
	Map<String, @Nullable Object> values(Object object) throws ReflectiveOperationException;

	/**
	 * Returns what lies behind an exception of reflection.
	 */
	static Throwable cause(ReflectiveOperationException ex) {
		Throwable cause = (ex instanceof InvocationTargetException) ? ex.getCause() : null;
		return (cause != null) ? cause : ex;
	}

}

package dev.sockets.codec.pickle;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.CollectionFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import dev.sockets.codec.Tuple;

/**
 * Converts values to the types of fields: integers to those that hold them, integers to
 * floats, lists and tuples to lists, arrays and collections, sets and maps by their
 * element types, tuples to records, dicts to records and beans, and text to enums and
 * characters.
 */
final class FieldValues {

	private FieldValues() {
	}

	/**
	 * Converts a value.
	 * @throws IllegalArgumentException when it does not fit
	 */
	static @Nullable Object convert(@Nullable Object value, ResolvableType type) {
		Class<?> target = ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
		if (value == null) {
			if (type.toClass().isPrimitive()) {
				throw new IllegalArgumentException("There is no value for a " + type);
			}
			return null;
		}
		if (value instanceof Collection<?> elements && type.isArray()) {
			return array(elements, type.getComponentType());
		}
		if (value instanceof Collection<?> elements && Collection.class.isAssignableFrom(target)) {
			return collection(elements, type);
		}
		if (value instanceof Map<?, ?> entries && Map.class.isAssignableFrom(target)) {
			return map(entries, type);
		}
		if (target.isInstance(value)) {
			return value;
		}
		if (value instanceof Map<?, ?> || (value instanceof Tuple && target.isRecord())) {
			return composite(value, Fields.of(target));
		}
		Object converted = scalar(value, target);
		if (converted == null) {
			throw new IllegalArgumentException("A " + value.getClass().getName() + " is no " + type);
		}
		return converted;
	}

	private static Object composite(Object value, Fields fields) {
		if (value instanceof Tuple tuple) {
			return create(fields, inOrder(fields, tuple));
		}
		Map<String, @Nullable Object> byName = new LinkedHashMap<>();
		((Map<?, ?>) value).forEach((name, field) -> byName.put(String.valueOf(name), field));
		return create(fields, byName);
	}

	/**
	 * Names values by the fields that are in the same places.
	 * @param fields fields whose order means something
	 * @param values as many values, or more or less
	 * @return the values by name
	 * @throws IllegalArgumentException when the order means nothing
	 */
	static Map<String, @Nullable Object> inOrder(Fields fields, List<?> values) {
		if (!fields.areOrdered()) {
			throw new IllegalArgumentException("fields come in order, which only a record has");
		}
		Map<String, @Nullable Object> byName = new LinkedHashMap<>();
		Iterator<String> names = fields.types().keySet().iterator();
		for (Object value : values) {
			if (names.hasNext()) {
				byName.put(names.next(), value);
			}
		}
		return byName;
	}

	/**
	 * Creates an object of the values of its fields, converted to their types.
	 * @param fields the fields
	 * @param received values by name; others are left out
	 * @return the object
	 * @throws IllegalArgumentException when a value does not fit, or the class refuses
	 * them
	 */
	static Object create(Fields fields, Map<String, @Nullable Object> received) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		fields.types().forEach((name, type) -> {
			if (received.containsKey(name) || type.toClass().isPrimitive()) {
				values.put(name, field(name, received.get(name), type));
			}
		});
		try {
			return fields.create(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException("its constructor or a setter fails", Fields.cause(ex));
		}
	}

	private static @Nullable Object field(String name, @Nullable Object value, ResolvableType type) {
		try {
			return convert(value, type);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + name + "' does not fit", ex);
		}
	}

	private static Object array(Collection<?> elements, ResolvableType type) {
		Object array = Array.newInstance(type.toClass(), elements.size());
		int index = 0;
		for (Object element : elements) {
			Array.set(array, index++, convert(element, type));
		}
		return array;
	}

	private static Collection<@Nullable Object> collection(Collection<?> elements, ResolvableType type) {
		ResolvableType elementType = type.asCollection().getGeneric();
		Collection<@Nullable Object> collection = CollectionFactory.createCollection(type.toClass(),
				elementType.toClass(), elements.size());
		elements.forEach((element) -> collection.add(convert(element, elementType)));
		return collection;
	}

	private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> entries, ResolvableType type) {
		ResolvableType keyType = type.asMap().getGeneric(0);
		ResolvableType valueType = type.asMap().getGeneric(1);
		Map<@Nullable Object, @Nullable Object> map = CollectionFactory.createMap(type.toClass(), keyType.toClass(),
				entries.size());
		entries.forEach((key, value) -> map.put(convert(key, keyType), convert(value, valueType)));
		return map;
	}

	private static @Nullable Object scalar(Object value, Class<?> target) {
		if (value instanceof BigInteger integer) {
			return integer(integer, target);
		}
		if (value instanceof Integer || value instanceof Long) {
			return integer(BigInteger.valueOf(((Number) value).longValue()), target);
		}
		if (value instanceof Double number && target == Float.class) {
			return number.floatValue();
		}
		if (value instanceof String text && target == Character.class && text.length() == 1) {
			return text.charAt(0);
		}
		if (value instanceof String text && target.isEnum()) {
			return Arrays.stream(target.getEnumConstants())
				.filter((constant) -> ((Enum<?>) constant).name().equals(text))
				.findFirst()
				.orElse(null);
		}
		return null;
	}

	private static @Nullable Number integer(BigInteger value, Class<?> target) {
		int bits = value.bitLength();
		if (target == Double.class) {
			return value.doubleValue();
		}
		if (target == Float.class) {
			return value.floatValue();
		}
		if (target == BigInteger.class) {
			return value;
		}
		if (target == BigDecimal.class) {
			return new BigDecimal(value);
		}
		if (target == Long.class && bits < Long.SIZE) {
			return value.longValue();
		}
		if (target == Integer.class && bits < Integer.SIZE) {
			return value.intValue();
		}
		if (target == Short.class && bits < Short.SIZE) {
			return value.shortValue();
		}
		return (target == Byte.class && bits < Byte.SIZE) ? value.byteValue() : null;
	}

}

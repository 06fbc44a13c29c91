package dev.sockets;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Keeps numbers from becoming others when values are converted: a conversion service cuts
 * 1.9 down to 1, makes 0 of what is not a number, and takes the first of several values
 * where one is wanted.
 */
public final class ExactNumbers {

	/** What is a whole number, and its bits without the sign. */
	private static final Map<Class<?>, Integer> WHOLE = Map.of(Byte.class, 7, Short.class, 15, Character.class, 16,
			Integer.class, 31, Long.class, 63, BigInteger.class, Integer.MAX_VALUE);

	/** As many as a {@code double} can have. */
	private static final int MOST_DIGITS = 309;

	private ExactNumbers() {
	}

	/**
	 * Checks that a value can be converted without changing a number: itself, or one in a
	 * collection, an array or a map.
	 * @param value what is to be converted
	 * @param type what it is to be converted to
	 * @throws IllegalArgumentException when there is a fraction, or a number that is too
	 * large, where a whole number is wanted, or several values where one number is
	 */
	public static void require(Object value, ResolvableType type) {
		Class<?> target = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
		if (isOne(target) && isSeveral(value)) {
			throw changed(value, type);
		}
		if (value instanceof Number number) {
			Integer bits = WHOLE.get(target);
			if (bits != null && !isWhole(number, bits)) {
				throw changed(value, type);
			}
			requireEach(List.of(number), elements(type));
		}
		else if (value instanceof Collection<?> values) {
			requireEach(values, elements(type));
		}
		else if (value instanceof Object[] values) {
			requireEach(Arrays.asList(values), elements(type));
		}
		else if (value instanceof Map<?, ?> map) {
			requireEach(map.keySet(), type.asMap().getGeneric(0));
			requireEach(map.values(), type.asMap().getGeneric(1));
		}
	}

	/**
	 * Makes a value what it is to be with all digits that were received, where it was
	 * rounded on the way: a number with a point, or one in a collection or a map.
	 * @param value what is to be converted
	 * @param type what it is to be converted to
	 * @param payloads may know the bytes that the value was decoded from
	 * @return the result; {@code null} when the value has all digits, or nobody knows
	 * them
	 */
	public static @Nullable Object unrounded(Object value, ResolvableType type, Payloads payloads) {
		try {
			return areRounded(value, type) ? payloads.decoded(value, type) : null;
		}
		catch (Exception ex) {
			return null;
		}
	}

	private static boolean areRounded(Object value, ResolvableType type) {
		if (value instanceof Double || value instanceof Float) {
			Class<?> target = type.resolve(Object.class);
			return target == BigDecimal.class || target == BigInteger.class;
		}
		if (value instanceof Collection<?> values) {
			return isAnyRounded(values, elements(type));
		}
		return value instanceof Map<?, ?> map && isAnyRounded(map.values(), type.asMap().getGeneric(1));
	}

	private static boolean isAnyRounded(Collection<?> values, ResolvableType type) {
		return type != ResolvableType.NONE
				&& values.stream().filter(Objects::nonNull).anyMatch((value) -> areRounded(value, type));
	}

	private static boolean isOne(Class<?> type) {
		return Number.class.isAssignableFrom(type) || type == Boolean.class || type == Character.class || type.isEnum();
	}

	private static boolean isSeveral(Object value) {
		return value instanceof Collection || value.getClass().isArray();
	}

	private static IllegalArgumentException changed(Object value, ResolvableType type) {
		return new IllegalArgumentException(
				"A " + value.getClass().getTypeName() + " would not stay the same as " + type);
	}

	private static void requireEach(Collection<?> values, ResolvableType type) {
		if (type != ResolvableType.NONE) {
			values.stream().filter(Objects::nonNull).forEach((value) -> require(value, type));
		}
	}

	private static ResolvableType elements(ResolvableType type) {
		return type.isArray() ? type.getComponentType() : type.asCollection().getGeneric();
	}

	private static boolean isWhole(Number number, int bits) {
		BigInteger whole = whole(number);
		return whole != null && whole.bitLength() <= bits && (bits != 16 || whole.signum() >= 0);
	}

	private static @Nullable BigInteger whole(Number number) {
		if (number instanceof BigInteger whole) {
			return whole;
		}
		if (number instanceof Double || number instanceof Float) {
			return Double.isFinite(number.doubleValue()) ? whole(new BigDecimal(number.doubleValue())) : null;
		}
		if (number instanceof BigDecimal decimal) {
			boolean isShort = decimal.precision() - (long) decimal.scale() <= MOST_DIGITS;
			return (isShort && decimal.stripTrailingZeros().scale() <= 0) ? decimal.toBigInteger() : null;
		}
		return BigInteger.valueOf(number.longValue());
	}

}

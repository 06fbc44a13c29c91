package dev.sockets.annotation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;

/**
 * Which types of payloads say what a codec is to make of bytes.
 */
final class PayloadTypes {

	/** What codecs make without knowing any class, and what it converts to exactly. */
	private static final Set<Class<?>> PLAIN = Set.of(Object.class, CharSequence.class, String.class, Number.class,
			Boolean.class, Integer.class, Long.class, Short.class, Byte.class, Double.class, Float.class,
			Character.class, byte[].class);

	private static final TypeDescriptor MAP = new TypeDescriptor(
			ResolvableType.forClassWithGenerics(LinkedHashMap.class, String.class, Object.class), null, null);

	private PayloadTypes() {
	}

	/**
	 * Returns what a codec is to decode to for a method.
	 * @param type what the method takes
	 * @param conversionService converts payloads
	 * @return the type; {@code null} when what it decodes to without a class will do, as
	 * the application converts that
	 */
	static @Nullable ResolvableType wanted(ResolvableType type, ConversionService conversionService) {
		ResolvableType payload = payload(type);
		boolean converted = conversionService.canConvert(MAP, new TypeDescriptor(payload, null, null));
		return (isPlain(payload) || converted) ? null : payload;
	}

	/**
	 * Returns what is in an {@code Optional}, or the type itself.
	 */
	static ResolvableType payload(ResolvableType type) {
		return (type.resolve() == Optional.class) ? type.getGeneric() : type;
	}

	static boolean isPlain(ResolvableType type) {
		Class<?> rawType = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
		boolean ofAny = rawType.isAssignableFrom(LinkedHashMap.class) || rawType.isAssignableFrom(ArrayList.class);
		return PLAIN.contains(rawType) || (ofAny && Stream.of(type.getGenerics()).allMatch(PayloadTypes::isPlain));
	}

	/**
	 * Returns whether a payload is of a type, with all its elements.
	 * @param payload the payload, or one of its elements
	 * @param type the type
	 */
	static boolean fits(@Nullable Object payload, ResolvableType type) {
		if (payload == null) {
			return true;
		}
		if (!ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class)).isInstance(payload)) {
			return false;
		}
		if (payload instanceof Collection<?> elements) {
			return allFit(elements, type.asCollection().getGeneric());
		}
		return !(payload instanceof Map<?, ?> map) || (allFit(map.keySet(), type.asMap().getGeneric(0))
				&& allFit(map.values(), type.asMap().getGeneric(1)));
	}

	private static boolean allFit(Collection<?> elements, ResolvableType type) {
		if (type.resolve(Object.class) == Object.class) {
			return true;
		}
		for (Object element : elements) {
			if (!fits(element, type)) {
				return false;
			}
		}
		return true;
	}

}

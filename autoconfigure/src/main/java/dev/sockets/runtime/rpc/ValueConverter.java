package dev.sockets.runtime.rpc;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;

import dev.sockets.ExactNumbers;
import dev.sockets.FailureText;
import dev.sockets.Payloads;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Makes values that came over the wire what somebody wants them to be: by the
 * application's conversion service, or as the codec would have decoded them.
 */
public final class ValueConverter {

	private final ConversionService conversionService;

	private final Payloads payloads;

	/**
	 * Creates a converter.
	 * @param conversionService asked first
	 * @param payloads know how their codec has decoded the values
	 */
	public ValueConverter(ConversionService conversionService, Payloads payloads) {
		this.conversionService = conversionService;
		this.payloads = payloads;
	}

	/**
	 * Converts a value, if it has to be.
	 * @param value the value; {@code null} for None
	 * @param type what is wanted
	 * @return the value itself, or what it was converted to
	 * @throws IllegalArgumentException when it cannot be converted
	 */
	@Nullable Object convert(@Nullable Object value, ResolvableType type) {
		Class<?> rawType = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
		if (rawType == Optional.class) {
			return Optional.ofNullable(convert(value, type.getGeneric()));
		}
		if (rawType == void.class || rawType == Void.class) {
			return null;
		}
		if (value == null) {
			if (type.resolve(Object.class).isPrimitive()) {
				throw new IllegalArgumentException("None is no " + type);
			}
			return null;
		}
		if (rawType.isInstance(value) && !mayHaveOtherElements(value, type)) {
			return value;
		}
		return convert(value, type, rawType);
	}

	/**
	 * Converts the result of a request.
	 * @param value the result; {@code null} for None
	 * @param type what is wanted
	 * @return the result itself, or what it was converted to
	 * @throws SocketOperationException when it cannot be converted
	 */
	public @Nullable Object result(@Nullable Object value, ResolvableType type) {
		try {
			return convert(value, type);
		}
		catch (IllegalArgumentException ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"The result of a request is not what was expected: " + FailureText.message(ex), ex);
		}
	}

	private static boolean mayHaveOtherElements(Object value, ResolvableType type) {
		return type.hasGenerics() && (value instanceof Collection || value instanceof Map);
	}

	private Object convert(Object value, ResolvableType type, Class<?> rawType) {
		ExactNumbers.require(value, type);
		Object unrounded = ExactNumbers.unrounded(value, type, this.payloads);
		if (unrounded != null) {
			return unrounded;
		}
		Exception failure = null;
		TypeDescriptor source = TypeDescriptor.forObject(value);
		TypeDescriptor target = new TypeDescriptor(type, null, null);
		if (!isText(value, rawType) && this.conversionService.canConvert(source, target)) {
			try {
				Object result = this.conversionService.convert(value, source, target);
				if (result != null) {
					return result;
				}
			}
			catch (ConversionException ex) {
				failure = ex;
			}
		}
		try {
			Object result = this.payloads.convert(value, type);
			if (result != null) {
				return result;
			}
		}
		catch (Exception ex) {
			failure = (failure != null) ? failure : ex;
		}
		throw new IllegalArgumentException("A " + value.getClass().getTypeName() + " cannot be converted to " + type,
				failure);
	}

	/**
	 * A conversion service makes text of nearly everything, and bytes a list of numbers.
	 */
	private static boolean isText(Object value, Class<?> type) {
		boolean structured = value instanceof Collection || value instanceof Map || value instanceof byte[];
		return (structured && CharSequence.class.isAssignableFrom(type))
				|| (value instanceof byte[]) != (type == byte[].class);
	}

}

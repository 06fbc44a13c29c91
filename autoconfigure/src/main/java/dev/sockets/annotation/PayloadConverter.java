package dev.sockets.annotation;

import java.util.Collection;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;

import dev.sockets.ExactNumbers;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Makes payloads what a method wants them to be.
 */
final class PayloadConverter {

	private final Class<?> type;

	private final TypeDescriptor target;

	private final String user;

	private final ConversionService conversionService;

	/**
	 * Creates a converter.
	 * @param type what is wanted
	 * @param user the method that wants it, for messages
	 * @param conversionService converts what is something else
	 */
	PayloadConverter(ResolvableType type, String user, ConversionService conversionService) {
		this.type = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
		this.target = new TypeDescriptor(type, null, null);
		this.user = user;
		this.conversionService = conversionService;
	}

	/**
	 * Converts a payload, if it has to be.
	 * @param payload the payload; {@code Optional.empty()} in place of null
	 * @return the payload itself, or what it was converted to
	 * @throws SocketOperationException when it cannot be converted
	 */
	@Nullable Object convert(@Nullable Object payload) {
		if (payload == null || Optional.empty().equals(payload)) {
			return convertNull();
		}
		return this.type.isInstance(payload) ? payload : convertToType(payload);
	}

	private @Nullable Object convertNull() {
		if (this.target.isPrimitive()) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"A payload that is null cannot be a %s for %s".formatted(this.target.getResolvableType(),
							this.user));
		}
		return (this.type == Optional.class) ? Optional.empty() : null;
	}

	private @Nullable Object convertToType(Object payload) {
		TypeDescriptor source = TypeDescriptor.forObject(payload);
		if (isTextOrNumbersOfBytes(payload) || !this.conversionService.canConvert(source, this.target)) {
			throw failure(payload, null);
		}
		try {
			ExactNumbers.require(payload, this.target.getResolvableType());
			Object result = this.conversionService.convert(payload, source, this.target);
			if (result == null && this.target.isPrimitive()) {
				throw failure(payload, null);
			}
			return result;
		}
		catch (ConversionException | IllegalArgumentException ex) {
			throw failure(payload, ex);
		}
	}

	/**
	 * To a conversion service, bytes are a list of numbers, written with commas as text.
	 */
	private boolean isTextOrNumbersOfBytes(Object payload) {
		boolean fromBytes = payload instanceof byte[];
		boolean toText = CharSequence.class.isAssignableFrom(this.type);
		boolean toNumbers = this.type.isArray() || Collection.class.isAssignableFrom(this.type);
		return (fromBytes && (toText || toNumbers)) || this.type == byte[].class;
	}

	private SocketOperationException failure(Object payload, @Nullable RuntimeException cause) {
		String reason = (cause != null) ? ": " + cause.getMessage()
				: "; change the codec or its payload-type, or add a Converter";
		return new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"A payload of class %s cannot be converted to %s for %s%s".formatted(payload.getClass().getTypeName(),
						this.target.getResolvableType(), this.user, reason),
				cause);
	}

}

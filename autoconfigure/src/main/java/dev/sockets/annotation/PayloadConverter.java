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
import dev.sockets.Payloads;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.ReceivedAnswer;

/**
 * Makes payloads what a method wants them to be.
 */
final class PayloadConverter {

	private final boolean isOptional;

	private final Class<?> type;

	private final boolean hasElements;

	private final TypeDescriptor target;

	private final String user;

	private final ConversionService conversionService;

	private final Payloads payloads;

	/**
	 * Creates a converter.
	 * @param type what is wanted
	 * @param user the method that wants it, for messages
	 * @param conversionService converts what is something else
	 * @param payloads convert what it does not
	 */
	PayloadConverter(ResolvableType type, String user, ConversionService conversionService, Payloads payloads) {
		this.isOptional = type.resolve() == Optional.class;
		this.target = new TypeDescriptor(PayloadTypes.payload(type), null, null);
		this.type = ClassUtils.resolvePrimitiveIfNecessary(this.target.getResolvableType().resolve(Object.class));
		this.hasElements = this.target.getResolvableType().hasGenerics();
		this.user = user;
		this.conversionService = conversionService;
		this.payloads = payloads;
	}

	/**
	 * Converts a payload, if it has to be.
	 * @param payload the payload; {@code Optional.empty()} in place of null
	 * @return the payload itself, or what it was converted to
	 * @throws SocketOperationException when it cannot be converted
	 */
	@Nullable Object convert(@Nullable Object payload) {
		return convert(payload, this.payloads);
	}

	/**
	 * Converts an answer, if it has to be.
	 * @param answer the answer
	 * @return its payload, or what that was converted to
	 * @throws SocketOperationException when it cannot be converted
	 */
	@Nullable Object convertAnswer(ReceivedAnswer answer) {
		return convert(answer.payload(), answer.payloads());
	}

	private @Nullable Object convert(@Nullable Object payload, Payloads payloads) {
		if (payload == null || Optional.empty().equals(payload)) {
			return convertNull();
		}
		Object converted = fits(payload) ? payload : convertToType(payload, payloads);
		return this.isOptional ? Optional.ofNullable(converted) : converted;
	}

	private boolean fits(Object payload) {
		return this.type.isInstance(payload)
				&& (!this.hasElements || PayloadTypes.fits(payload, this.target.getResolvableType()));
	}

	private @Nullable Object convertNull() {
		if (this.target.isPrimitive()) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"A payload that is null cannot be a %s for %s".formatted(this.target.getResolvableType(),
							this.user));
		}
		return this.isOptional ? Optional.empty() : null;
	}

	private @Nullable Object convertToType(Object payload, Payloads payloads) {
		if (isTextOrNumbersOfBytes(payload)) {
			return convertAsDecoded(payload, payloads, null);
		}
		TypeDescriptor source = TypeDescriptor.forObject(payload);
		try {
			ExactNumbers.require(payload, this.target.getResolvableType());
			Object unrounded = ExactNumbers.unrounded(payload, this.target.getResolvableType(), payloads);
			if (unrounded != null) {
				return unrounded;
			}
			if (!this.conversionService.canConvert(source, this.target)) {
				return convertAsDecoded(payload, payloads, null);
			}
			Object result = this.conversionService.convert(payload, source, this.target);
			if (result == null && this.target.isPrimitive()) {
				throw failure(payload, null);
			}
			return result;
		}
		catch (ConversionException ex) {
			return convertAsDecoded(payload, payloads, ex);
		}
		catch (IllegalArgumentException ex) {
			throw failure(payload, ex);
		}
	}

	/** Elements that the conversion service does not know may still be of the codec. */
	private Object convertAsDecoded(Object payload, Payloads payloads, @Nullable Exception first) {
		Exception failure = first;
		Object result = null;
		try {
			result = payloads.convert(payload, this.target.getResolvableType());
		}
		catch (Exception ex) {
			failure = (first != null) ? first : ex;
		}
		if (result == null) {
			throw failure(payload, failure);
		}
		return result;
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

	private SocketOperationException failure(Object payload, @Nullable Exception cause) {
		String reason = (cause != null) ? ": " + cause.getMessage()
				: "; change the codec or its payload-type, or add a Converter";
		return new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"A payload of class %s cannot be converted to %s for %s%s".formatted(payload.getClass().getTypeName(),
						this.target.getResolvableType(), this.user, reason),
				cause);
	}

}

package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

import dev.sockets.Payloads;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Makes the reply of what a listener method returns: the value itself, or what is in an
 * {@code Optional}, a {@code CompletionStage} or a {@code Mono}, converted to what the
 * codec of the endpoint sends.
 */
final class ListenerResult {

	private static final ReactiveAdapterRegistry ADAPTERS = ReactiveAdapterRegistry.getSharedInstance();

	private final String method;

	private final Payloads payloads;

	private final ConversionService conversionService;

	/**
	 * Whether an empty {@code Optional} is no reply, as the method says that it may be.
	 */
	private boolean isOptional;

	/** Whether it may be what only an adapter makes a stage of. */
	private boolean isReactive;

	private final boolean isReply;

	/**
	 * Prepares replies.
	 * @param method the method
	 * @param type the class of its bean
	 * @param payloads those of the endpoint
	 * @param conversionService converts what the codec does not send as it is
	 * @throws IllegalArgumentException when it returns what is no reply
	 */
	ListenerResult(Method method, Class<?> type, Payloads payloads, ConversionService conversionService) {
		this.method = Signatures.of(method);
		this.payloads = payloads;
		this.conversionService = conversionService;
		ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
		this.isReactive = returned.resolve(Object.class) == Object.class;
		Class<?> value = value(returned).resolve(Object.class);
		this.isReply = value != void.class && value != Void.class;
	}

	private ResolvableType value(ResolvableType type) {
		Class<?> rawType = type.resolve(Object.class);
		if (rawType == Optional.class) {
			this.isOptional = true;
			return value(type.getGeneric());
		}
		if (CompletionStage.class.isAssignableFrom(rawType)) {
			return value(type.as(CompletionStage.class).getGeneric());
		}
		ReactiveAdapter adapter = ADAPTERS.getAdapter(rawType);
		if (adapter == null) {
			return type;
		}
		if (adapter.isMultiValue()) {
			throw new IllegalArgumentException("it returns a " + rawType.getName()
					+ ", which may be many, but a reply is one; collect them, or send each by the Connection");
		}
		this.isReactive = true;
		return adapter.isNoValue() ? ResolvableType.forClass(Void.class) : value(type.getGeneric());
	}

	/** Returns whether the method may have something to reply. */
	boolean isReply() {
		return this.isReply;
	}

	/**
	 * Makes a reply.
	 * @param returned what the method has returned
	 * @return what to send, or a {@code CompletionStage} of it; {@code null} for nothing
	 * @throws SocketOperationException when it cannot be sent
	 */
	@Nullable Object reply(@Nullable Object returned) {
		if (returned == null || returned instanceof CharSequence || returned instanceof byte[]) {
			return returned;
		}
		Object value = (this.isOptional && returned instanceof Optional<?> optional) ? optional.orElse(null) : returned;
		CompletionStage<?> stage = (value instanceof CompletionStage<?> known) ? known : adapted(value);
		return (stage != null) ? later(stage) : convert(value);
	}

	private @Nullable CompletionStage<?> adapted(@Nullable Object value) {
		ReactiveAdapter futures = this.isReactive ? ADAPTERS.getAdapter(CompletableFuture.class) : null;
		ReactiveAdapter adapter = (futures != null && value != null) ? ADAPTERS.getAdapter(null, value) : null;
		return (futures != null && value != null && adapter != null && !adapter.isMultiValue())
				? (CompletionStage<?>) futures.fromPublisher(adapter.toPublisher(value)) : null;
	}

	private CompletionStage<?> later(CompletionStage<?> stage) {
		CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> {
			if (failure != null) {
				reply.completeExceptionally(failure);
				return;
			}
			try {
				complete(reply, reply(value));
			}
			catch (Throwable ex) {
				reply.completeExceptionally(ex);
			}
		});
		return reply;
	}

	private static void complete(CompletableFuture<@Nullable Object> reply, @Nullable Object value) {
		if (value instanceof CompletionStage<?> stage) {
			stage.whenComplete((result, failure) -> {
				if (failure != null) {
					reply.completeExceptionally(failure);
				}
				else {
					reply.complete(result);
				}
			});
		}
		else {
			reply.complete(value);
		}
	}

	private @Nullable Object convert(@Nullable Object value) {
		Object content = (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
		Class<?> type = (content != null) ? this.payloads.encodedType(content) : null;
		if (content == null || type == null) {
			return value;
		}
		TypeDescriptor source = TypeDescriptor.forObject(content);
		TypeDescriptor target = TypeDescriptor.valueOf(type);
		if (isPartly(content, type) || !this.conversionService.canConvert(source, target)) {
			throw failure(content, type, null);
		}
		try {
			Object converted = this.conversionService.convert(content, source, target);
			if (converted == null) {
				throw failure(content, type, null);
			}
			return converted;
		}
		catch (ConversionException ex) {
			throw failure(content, type, ex);
		}
	}

	/**
	 * A conversion service makes text with commas of what has elements, and bytes of
	 * numbers and texts of numbers.
	 */
	private static boolean isPartly(Object value, Class<?> type) {
		boolean elements = value instanceof Collection || value instanceof Map || value.getClass().isArray();
		boolean scalar = value instanceof CharSequence || value instanceof Number || value instanceof Boolean
				|| value instanceof Character;
		return elements || (scalar && type == byte[].class);
	}

	private SocketOperationException failure(Object value, Class<?> type, @Nullable RuntimeException cause) {
		return new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"A reply of class %s of %s cannot be converted to %s; change the codec, or add a Converter"
					.formatted(value.getClass().getTypeName(), this.method, type.getTypeName()),
				cause);
	}

}

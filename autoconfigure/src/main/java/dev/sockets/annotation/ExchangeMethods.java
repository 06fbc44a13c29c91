package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

import dev.sockets.Payloads;
import dev.sockets.tcp.ExactRequests;

/**
 * Reads the methods of a {@link SocketExchange} interface.
 */
final class ExchangeMethods {

	private final Class<?> type;

	private final ConversionService conversionService;

	private final Payloads payloads;

	private final StringValueResolver placeholders;

	ExchangeMethods(Class<?> type, ConversionService conversionService, Payloads payloads,
			StringValueResolver placeholders) {
		this.type = type;
		this.conversionService = conversionService;
		this.payloads = payloads;
		this.placeholders = placeholders;
	}

	/**
	 * Returns the methods that send.
	 * @throws IllegalArgumentException when one has no meaning
	 */
	Map<Method, ExchangeMethod> all() {
		Duration timeout = timeout(AnnotatedElementUtils.findMergedAnnotation(this.type, SocketExchange.class),
				this.type.getName());
		Map<Method, ExchangeMethod> methods = new HashMap<>();
		for (Method method : this.type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers()) && !ReflectionUtils.isObjectMethod(method)) {
				methods.put(method, read(method, timeout));
			}
		}
		return methods;
	}

	private ExchangeMethod read(Method method, @Nullable Duration timeoutOfAll) {
		String name = Signatures.of(method);
		SocketExchange annotation = AnnotatedElementUtils.findMergedAnnotation(method, SocketExchange.class);
		if (annotation != null && !annotation.value().isEmpty()) {
			throw new IllegalArgumentException(name + " names a TCP client, but only its interface can");
		}
		Duration timeout = timeout(annotation, name);
		ResolvableType returned = ResolvableType.forMethodReturnType(method, this.type);
		Class<?> rawType = returned.resolve(Object.class);
		boolean later = rawType == CompletableFuture.class || rawType == CompletionStage.class;
		ResolvableType answer = later ? returned.as(CompletionStage.class).getGeneric() : returned;
		Opcode opcode = AnnotatedElementUtils.findMergedAnnotation(method, Opcode.class);
		if (opcode != null) {
			return OpcodeMethods.read(method, opcode, answer, later, (timeout != null) ? timeout : timeoutOfAll);
		}
		if (method.getParameterCount() != 1) {
			throw new IllegalArgumentException(
					name + " has " + method.getParameterCount() + " parameters instead of one, the payload");
		}
		if (answer.resolve() != void.class && answer.resolve() != Void.class) {
			PayloadConverter converter = new PayloadConverter(answer, name, this.conversionService, this.payloads);
			return request(name, converter, later, (timeout != null) ? timeout : timeoutOfAll);
		}
		if (timeout != null) {
			throw new IllegalArgumentException(name + " has a timeout, but no answer to wait for");
		}
		return later ? (client, arguments) -> client.sendAsync(payload(name, arguments)) : (client, arguments) -> {
			client.send(payload(name, arguments));
			return null;
		};
	}

	private static Object payload(String method, @Nullable Object[] arguments) {
		Object payload = arguments[0];
		if (payload == null) {
			throw new IllegalArgumentException("The payload for " + method + " is null");
		}
		return payload;
	}

	private static ExchangeMethod request(String method, PayloadConverter converter, boolean later,
			@Nullable Duration timeout) {
		ExchangeMethod plain = plainRequest(method, converter, later, timeout);
		return (client, arguments) -> {
			if (!(client instanceof ExactRequests requests)) {
				return plain.call(client, arguments);
			}
			Object payload = payload(method, arguments);
			Duration longest = (timeout != null) ? timeout : requests.getRequestTimeout();
			return later ? requests.requestExactAsync(payload, longest).thenApply(converter::convertAnswer)
					: converter.convertAnswer(requests.requestExact(payload, longest));
		};
	}

	/** Of clients that are not of this library. */
	private static ExchangeMethod plainRequest(String method, PayloadConverter converter, boolean later,
			@Nullable Duration timeout) {
		if (later) {
			return (client, arguments) -> {
				Object payload = payload(method, arguments);
				CompletableFuture<Object> answer = (timeout != null) ? client.requestAsync(payload, timeout)
						: client.requestAsync(payload);
				return answer.thenApply(converter::convert);
			};
		}
		return (client, arguments) -> {
			Object payload = payload(method, arguments);
			Object answer = (timeout != null) ? client.request(payload, timeout) : client.request(payload);
			return converter.convert(answer);
		};
	}

	private @Nullable Duration timeout(@Nullable SocketExchange annotation, String owner) {
		String text = (annotation != null) ? this.placeholders.resolveStringValue(annotation.timeout()) : null;
		if (!StringUtils.hasText(text)) {
			return null;
		}
		Duration timeout = parse(text, owner);
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("the timeout '" + text + "' of " + owner + " is not positive");
		}
		return timeout;
	}

	private static Duration parse(String text, String owner) {
		try {
			return DurationFormatterUtils.detectAndParse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"the timeout '" + text + "' of " + owner + " is no duration such as 2s, 500ms or PT2S", ex);
		}
	}

}

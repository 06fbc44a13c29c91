package dev.sockets.autoconfigure.diagnostics;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import dev.sockets.EventKind;
import dev.sockets.autoconfigure.binding.Placeholders;
import dev.sockets.autoconfigure.properties.EventName;
import dev.sockets.autoconfigure.properties.RpcProperties;

/**
 * Says which property below {@code sockets} has a value of the wrong kind, where it was
 * set, and which kinds are right. Leaves everything else to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnfitValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final String ROOT = "sockets.";

	private static final Map<Class<?>, String> KINDS = Map.of(Integer.class, "a whole number", Long.class,
			"a whole number", Double.class, "a number", Boolean.class, "true or false", Duration.class,
			"a duration such as 500ms, 10s, 5m or 1h", DataSize.class, "a size such as 512B, 64KB or 1MB",
			Charset.class, "the name of a charset, such as UTF-8 or ISO-8859-1");

	private final SetValues values;

	UnfitValueFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		String property = cause.getName().toString();
		return property.startsWith(ROOT) ? this.values.find(property)
			.flatMap((value) -> kind(type(cause), value)
				.map((kind) -> new FailureAnalysis(value.description("value", value.text(), choices(cause)),
						"'%s' must be %s.".formatted(value.property(), kind), cause)))
			.orElse(null) : null;
	}

	private Optional<String> kind(Class<?> target, SetValues.Value value) {
		Optional<String> missing = this.values.missing(value);
		if (missing.isPresent()) {
			return missing.map(Placeholders::allowed);
		}
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target);
		if (type == EventName.class) {
			return Optional.of("all or none alone, or some of " + String.join(", ", choices(EventKind.class)));
		}
		if (type.isEnum()) {
			return Optional.of("one of " + String.join(", ", choices(type)));
		}
		if (type == RpcProperties.class) {
			return Optional.of("true or false, or a group of keys below it");
		}
		if (Map.class.isAssignableFrom(type) || type.getName().startsWith("dev.sockets.autoconfigure.properties.")) {
			return Optional.of("a group of keys below it, not a value");
		}
		return Optional.ofNullable(KINDS.get(type));
	}

	/** Returns the type that one value should have had, of those of a list too. */
	private static Class<?> type(BindException failure) {
		ResolvableType type = failure.getTarget().getType();
		Class<?> element = type.asCollection().getGeneric(0).resolve();
		return (element != null && element.isEnum()) ? element : type.toClass();
	}

	private static List<String> choices(BindException failure) {
		Class<?> type = type(failure);
		return type.isEnum() ? choices(type) : List.of();
	}

	private static List<String> choices(Class<?> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

}

package dev.sockets.autoconfigure.diagnostics;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.binding.GroupExample;
import dev.sockets.autoconfigure.binding.Placeholders;
import dev.sockets.autoconfigure.binding.ValueKinds;

/**
 * Says which property below {@code sockets} has a value of the wrong kind, where it was
 * set, and which kinds are right. Leaves everything else to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnfitValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final String ROOT = "sockets.";

	private final SetValues values;

	UnfitValueFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (cause.getCause() instanceof InvalidSettingException) {
			return null;
		}
		String property = cause.getName().toString();
		return property.startsWith(ROOT) ? this.values.find(property)
			.flatMap((value) -> kind(cause, value).map((kind) -> new FailureAnalysis(
					value.description("value", value.text(), ValueKinds.choices(cause.getTarget().getType())),
					"'%s' must be %s.%s".formatted(value.property(), kind, example(cause, value)), cause)))
			.orElse(null) : null;
	}

	private Optional<String> kind(BindException cause, SetValues.Value value) {
		Optional<String> missing = this.values.missing(value);
		if (missing.isPresent()) {
			return missing.map(Placeholders::allowed);
		}
		Optional<String> kind = ValueKinds.of(cause.getTarget().getType());
		return value.text().isEmpty() ? kind.map((text) -> ValueKinds.orLeftOut(cause.getName(), text)) : kind;
	}

	private static String example(BindException cause, SetValues.Value value) {
		return GroupExample.below(cause.getName())
			.map((example) -> " Such a key is '%s', for example%s.".formatted(example, variable(value, example)))
			.orElse("");
	}

	/** Who sets environment variables is told one. */
	private static String variable(SetValues.Value value, String example) {
		return (value.origin() instanceof PropertySourceOrigin origin
				&& origin.getPropertySource() instanceof SystemEnvironmentPropertySource)
						? ", which is the environment variable "
								+ example.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)
						: "";
	}

}

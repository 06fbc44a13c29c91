package dev.sockets.autoconfigure.diagnostics;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.sockets.InvalidSettingException;
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
					"'%s' must be %s.".formatted(value.property(), kind), cause)))
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

}

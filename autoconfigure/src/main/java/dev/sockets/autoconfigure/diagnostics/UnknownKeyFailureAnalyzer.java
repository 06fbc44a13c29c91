package dev.sockets.autoconfigure.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import dev.sockets.autoconfigure.binding.UnknownKey;

/**
 * Says which key below {@code sockets} is unknown, where it was set, and which was
 * probably meant.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<String> descriptions = new ArrayList<>();
		Set<String> actions = new LinkedHashSet<>();
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			Optional<UnknownKey> unknown = UnknownKey.in(property.getName());
			if (unknown.isEmpty()) {
				return null;
			}
			descriptions.add(description(property, unknown.get()));
			actions.add(action(unknown.get()));
		}
		return new FailureAnalysis(String.join("%n".formatted(), descriptions), String.join("%n".formatted(), actions),
				cause);
	}

	private static String description(ConfigurationProperty property, UnknownKey unknown) {
		String origin = (property.getOrigin() != null) ? ", set in " + property.getOrigin() + "," : "";
		String question = unknown.meant().map("; did you mean '%s'?"::formatted).orElse(".")
				+ unknown.owner().map((owner) -> " '%s' is a key of '%s'.".formatted(unknown.key(), owner)).orElse("");
		return "The property '%s'%s is unknown%s".formatted(property.getName(), origin, question);
	}

	private static String action(UnknownKey unknown) {
		if (unknown.isInList()) {
			return (unknown.choices().isEmpty() ? "'%s' has one value, not a list of them."
					: "'%s' is a group of keys, not a list: write them without '-'.")
				.formatted(unknown.parent());
		}
		return unknown.choices().isEmpty()
				? "Remove it: '%s' is a value, so nothing can stand below it.".formatted(unknown.parent())
				: "Below '%s' these keys are known: %s.".formatted(unknown.parent(),
						String.join(", ", unknown.choices()));
	}

}

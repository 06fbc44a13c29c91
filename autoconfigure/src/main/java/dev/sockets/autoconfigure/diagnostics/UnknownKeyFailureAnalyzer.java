package dev.sockets.autoconfigure.diagnostics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.sockets.autoconfigure.binding.UnknownKey;
import dev.sockets.autoconfigure.diagnostics.SetValues.Value;

/**
 * Says which key below {@code sockets} is unknown, where it was set, and which was
 * probably meant.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	private final SetValues values;

	UnknownKeyFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<String> descriptions = new ArrayList<>();
		Set<String> actions = new LinkedHashSet<>();
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			Optional<UnknownKey> unknown = UnknownKey.in(property.getName());
			if (unknown.isPresent()) {
				descriptions.add(description(property, unknown.get()));
				actions.add(action(unknown.get()));
			}
			else if (!explainKnown(property, descriptions, actions)) {
				return null;
			}
		}
		return new FailureAnalysis(String.join("%n".formatted(), descriptions), String.join("%n".formatted(), actions),
				cause);
	}

	/** Spring Boot goes no further where there is a value, and where a list has a gap. */
	private boolean explainKnown(ConfigurationProperty property, Collection<String> descriptions,
			Collection<String> actions) {
		ConfigurationPropertyName name = property.getName();
		ConfigurationPropertyName parent = name.getParent();
		if (!name.getElement(0, Form.UNIFORM).equals("sockets")) {
			return false;
		}
		if (name.isLastElementIndexed()) {
			descriptions.add("The property '%s'%s is read by nobody, as an element before it is missing."
				.formatted(name, origin(property)));
			actions.add("Number the elements of '%s' from 0 on.".formatted(parent));
			return true;
		}
		Optional<Value> above = this.values.find(parent.toString());
		above.ifPresent((value) -> {
			descriptions.add("The property '%s'%s is read by nobody, as '%s' has a value itself%s.".formatted(name,
					origin(property), parent, value.place()));
			actions.add("Leave out '%s' or the value of '%s'.".formatted(name, parent));
		});
		return above.isPresent();
	}

	private static String origin(ConfigurationProperty property) {
		return (property.getOrigin() != null) ? ", set in " + property.getOrigin() + "," : "";
	}

	private static String description(ConfigurationProperty property, UnknownKey unknown) {
		String question = unknown.meant().map("; did you mean '%s'?"::formatted).orElse(".")
				+ unknown.owner().map((owner) -> " '%s' is a key of '%s'.".formatted(unknown.key(), owner)).orElse("");
		return "The property '%s'%s is unknown%s".formatted(property.getName(), origin(property), question);
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

package dev.sockets.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.binding.VariableHints;
import dev.sockets.autoconfigure.diagnostics.SetValues.Value;

/**
 * Says which property has a value that can't work, where it was set, and what is allowed.
 * Comes before the one of Spring Boot, which would say only that it could not be bound.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	private static final Pattern CHOICES = Pattern.compile("(?:one|some) of ([^ ,]+(?:, (?!or )[^ ,]+)*)");

	/** What the name of a profile is told, which is no misspelt framing or codec. */
	private static final String PROFILE = "('profile: ";

	private final SetValues values;

	private final VariableHints hints;

	InvalidSettingFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
		this.hints = new VariableHints(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		Contradiction contradiction = Contradiction.of(cause, this.values);
		InvalidSettingException said = contradiction.named();
		String property = this.values.find(said.getProperty()).map(Value::property).orElse(said.getProperty());
		return new FailureAnalysis(description(said) + contradiction.beside(this.values),
				"'%s' must be %s.".formatted(property, said.getAllowed()), cause);
	}

	private String description(InvalidSettingException cause) {
		String property = cause.getProperty();
		String said = cause.getValue();
		if (said == null) {
			String entry = entry(property);
			return "'%s' is not set.".formatted(property) + this.values.places(entry) + this.hints.below(entry);
		}
		return this.values.find(property)
			.map((value) -> value.description("value", SetValues.isWritten(value.text(), said) ? value.text() : said,
					choices(cause)))
			.orElseGet(() -> unset(property, said, choices(cause)));
	}

	/** A name is no value, and a value that nobody has set is a default. */
	private String unset(String property, String said, List<String> choices) {
		Optional<Origin> origin = this.values.originBelow(property);
		if (origin.isPresent() || isName(property, said) || said.isEmpty()) {
			return new Value(property, said, origin.orElse(null)).description(isName(property, said) ? "name" : "value",
					said, choices);
		}
		return "'%s' has the invalid value '%s', which no property sets: it is the default, or from the application's code."
			.formatted(property, SetValues.readable(said));
	}

	/** Returns the path of the endpoint that a property is about. */
	private static String entry(String property) {
		return Arrays.stream(EndpointKind.values())
			.map((kind) -> kind.path(""))
			.filter(property::startsWith)
			.map((group) -> property.substring(0, end(property, group.length())))
			.findFirst()
			.orElse(property);
	}

	private static int end(String property, int start) {
		int dot = property.indexOf('.', start);
		return (dot < 0) ? property.length() : dot;
	}

	private static boolean isName(String property, String value) {
		return Arrays.stream(EndpointKind.values()).anyMatch((kind) -> kind.path(value).equals(property));
	}

	private static List<String> choices(InvalidSettingException cause) {
		Matcher choices = CHOICES.matcher(cause.getAllowed());
		return choices.find() && !cause.getAllowed().contains(PROFILE) ? List.of(choices.group(1).split(", "))
				: List.of();
	}

}

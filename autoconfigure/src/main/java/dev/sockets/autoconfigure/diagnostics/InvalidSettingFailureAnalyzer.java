package dev.sockets.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.sockets.EndpointKind;
import dev.sockets.InvalidSettingException;
import dev.sockets.autoconfigure.diagnostics.SetValues.Value;

/**
 * Says which property has a value that can't work, where it was set, and what is allowed.
 */
class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	private static final Pattern CHOICES = Pattern.compile("(?:one|some) of ([^ ,]+(?:, [^ ,]+)*)");

	private final SetValues values;

	InvalidSettingFailureAnalyzer(Environment environment) {
		this.values = new SetValues(environment);
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
		if (cause.getValue().equals("null")) {
			return "'%s' is not set.".formatted(property);
		}
		String said = cause.getValue();
		return this.values.find(property)
			.map((value) -> value.description("value", SetValues.isWritten(value.text(), said) ? value.text() : said,
					choices(cause)))
			.orElseGet(() -> new Value(property, said, this.values.originBelow(property).orElse(null))
				.description(isName(property, said) ? "name" : "value", said, choices(cause)));
	}

	private static boolean isName(String property, String value) {
		return Arrays.stream(EndpointKind.values()).anyMatch((kind) -> kind.path(value).equals(property));
	}

	private static List<String> choices(InvalidSettingException cause) {
		Matcher choices = CHOICES.matcher(cause.getAllowed());
		return choices.find() ? List.of(choices.group(1).split(", ")) : List.of();
	}

}

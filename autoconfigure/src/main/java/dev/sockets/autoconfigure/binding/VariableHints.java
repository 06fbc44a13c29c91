package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Environment variables that may have been meant for an endpoint which lacks something.
 */
public final class VariableHints {

	private final Environment environment;

	/**
	 * Prepares the search.
	 * @param environment where to look
	 */
	public VariableHints(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Returns which variables begin with an endpoint and are no properties of it.
	 * @param path the path of the endpoint
	 * @return a sentence for each, after a space
	 */
	public String below(String path) {
		UnknownVariables unknown = new UnknownVariables(List.of(path.substring(path.lastIndexOf('.') + 1)));
		String begin = plain(path);
		StringBuilder hints = new StringBuilder();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
				Arrays.stream(variables.getPropertyNames())
					.filter((variable) -> plain(variable).startsWith(begin))
					.forEach((variable) -> unknown.problem(variable)
						.ifPresent((problem) -> hints.append(sentence(variable, problem))));
			}
		}
		return hints.toString();
	}

	private static String sentence(String variable, String problem) {
		return " The environment variable %s is left out: %s%s".formatted(variable, problem,
				problem.endsWith("?") ? "" : ".");
	}

	private static String plain(String name) {
		return name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
	}

}

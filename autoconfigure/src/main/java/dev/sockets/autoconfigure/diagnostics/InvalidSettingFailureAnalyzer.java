package dev.sockets.autoconfigure.diagnostics;

import java.util.Optional;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

import dev.sockets.InvalidSettingException;

/**
 * Says which property has a value that can't work, where it was set, and what is allowed.
 */
class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	private final Environment environment;

	InvalidSettingFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		return new FailureAnalysis(description(cause),
				"'%s' must be %s.".formatted(cause.getProperty(), cause.getAllowed()), cause);
	}

	private String description(InvalidSettingException cause) {
		if (cause.getValue().equals("null")) {
			return "'%s' is not set.".formatted(cause.getProperty());
		}
		String origin = origin(cause.getProperty()).map((place) -> ", set in " + place).orElse("");
		return "'%s' has the invalid value '%s'%s.".formatted(cause.getProperty(), cause.getValue(), origin);
	}

	private Optional<Origin> origin(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			Origin origin = Origin.from(source.getConfigurationProperty(name));
			if (origin != null) {
				return Optional.of(origin);
			}
		}
		return Optional.empty();
	}

}

package dev.sockets.autoconfigure.binding;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

import dev.sockets.InvalidSettingException;

/**
 * Refuses values in which something is left that stands for another property. Spring Boot
 * would take them as they are: <code>${PASSWORD}</code> for a password, for one.
 */
public final class Placeholders {

	private static final String USER_DATA = "userdata";

	private final PropertySourcesPlaceholdersResolver resolver;

	private final Iterable<ConfigurationPropertySource> sources;

	Placeholders(Environment environment, Iterable<ConfigurationPropertySource> sources) {
		this.resolver = resolver(environment);
		this.sources = sources;
	}

	private static PropertySourcesPlaceholdersResolver resolver(Environment environment) {
		Iterable<PropertySource<?>> sources = ((ConfigurableEnvironment) environment).getPropertySources();
		return new PropertySourcesPlaceholdersResolver(sources,
				new PropertyPlaceholderHelper(SystemPropertyUtils.PLACEHOLDER_PREFIX,
						SystemPropertyUtils.PLACEHOLDER_SUFFIX, SystemPropertyUtils.VALUE_SEPARATOR,
						SystemPropertyUtils.ESCAPE_CHARACTER, false));
	}

	/**
	 * Looks at all keys of an entry but {@code user-data}, which may be anything.
	 * @throws InvalidSettingException when one stands for what is not there
	 */
	void check(ConfigurationPropertyName entry) {
		Set<ConfigurationPropertyName> checked = new HashSet<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(entry::isAncestorOf)
					.filter(checked::add)
					.filter((name) -> !name.getElement(entry.getNumberOfElements(), Form.UNIFORM).equals(USER_DATA))
					.forEach((name) -> check(name, source.getConfigurationProperty(name)));
			}
		}
	}

	private void check(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
		if (property == null) {
			return;
		}
		try {
			this.resolver.resolvePlaceholders(property.getValue());
		}
		catch (PlaceholderResolutionException ex) {
			throw new InvalidSettingException(name.toString(), property.getValue(), allowed(ex.getPlaceholder()));
		}
	}

	/**
	 * Returns what the value of a property must be that stands for another one.
	 * @param placeholder the other one, which is not there
	 * @return the end of a sentence that starts with "must be"
	 */
	public static String allowed(String placeholder) {
		return "one without ${%1$s}: there is no property and no environment variable '%1$s'. Set it, or write ${%1$s:...} with what to take otherwise"
			.formatted(placeholder);
	}

}

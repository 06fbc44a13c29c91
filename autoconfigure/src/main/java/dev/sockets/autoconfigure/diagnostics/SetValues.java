package dev.sockets.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.unit.DataSize;

import dev.sockets.EndpointKind;
import dev.sockets.NearestName;

/**
 * The values of properties as they are written, and where.
 */
final class SetValues {

	private static final String DEFAULTS = "-defaults";

	/** What nobody is to read in a log. */
	private static final Pattern SECRET = Pattern
		.compile(".*(password|session(\\.(hello|expect))?|credentials(\\.username)?)");

	/**
	 * A value.
	 *
	 * @param property the property that has it
	 * @param text how it is written
	 * @param origin where; {@code null} when that is not known
	 */
	record Value(String property, String text, @Nullable Origin origin) {

		/**
		 * Returns what a user is to read of it.
		 * @param shown the value
		 * @return a sentence
		 */
		String description(String shown) {
			return description("value", shown, List.of());
		}

		/**
		 * Returns what a user is to read of it.
		 * @param what what it is called
		 * @param shown the value
		 * @param choices what it could be
		 * @return a sentence
		 */
		String description(String what, String shown, Collection<String> choices) {
			return "'%s' has the invalid %s '%s'%s%s".formatted(this.property, what, isSecret() ? "******" : shown,
					(this.origin != null) ? ", set in " + this.origin : "",
					NearestName.of(shown, choices).map("; did you mean '%s'?"::formatted).orElse("."));
		}

		private boolean isSecret() {
			return SECRET.matcher(this.property).matches();
		}

	}

	private final Environment environment;

	SetValues(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Finds the value of a property, or of the same one among the defaults of its
	 * endpoint.
	 * @param property the full path
	 * @return the value; empty when none is set
	 */
	Optional<Value> find(String property) {
		return Stream.concat(Stream.of(property), inDefaults(property).stream())
			.flatMap((path) -> value(path).stream())
			.findFirst();
	}

	private static Optional<String> inDefaults(String property) {
		return Arrays.stream(EndpointKind.values())
			.map((kind) -> kind.path(""))
			.filter(property::startsWith)
			.map((group) -> group.substring(0, group.length() - 1) + DEFAULTS
					+ property.substring(Math.max(property.indexOf('.', group.length()), group.length())))
			.findFirst();
	}

	private Optional<Value> value(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return Optional.of(new Value(property, resolve(String.valueOf(found.getValue())), found.getOrigin()));
			}
		}
		return Optional.empty();
	}

	private String resolve(String text) {
		return this.environment.resolvePlaceholders(text);
	}

	/**
	 * Returns what a value stands for that is not there.
	 * @param value the value
	 * @return the name of a property; empty when nothing is missing
	 */
	Optional<String> missing(Value value) {
		try {
			this.environment.resolveRequiredPlaceholders(value.text());
			return Optional.empty();
		}
		catch (PlaceholderResolutionException ex) {
			return Optional.ofNullable(ex.getPlaceholder());
		}
	}

	/**
	 * Returns where the first key of a group is set.
	 * @param group the path of the group
	 * @return the place; empty when it is not known
	 */
	Optional<Origin> originBelow(String group) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(group, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				Optional<Origin> origin = iterable.stream()
					.filter(name::isAncestorOf)
					.map((key) -> Origin.from(source.getConfigurationProperty(key)))
					.filter(Objects::nonNull)
					.findFirst();
				if (origin.isPresent()) {
					return origin;
				}
			}
		}
		return Optional.empty();
	}

	/**
	 * Returns whether a text is how somebody has written what a setting says of itself.
	 * @param text the text
	 * @param said a duration or a size as Java prints it
	 */
	static boolean isWritten(String text, String said) {
		try {
			return said.startsWith("PT") ? DurationStyle.detectAndParse(text).toString().equals(said)
					: isSize(DataSize.parse(text), said);
		}
		catch (IllegalArgumentException ex) {
			return plain(text).equals(plain(said));
		}
	}

	private static boolean isSize(DataSize size, String said) {
		return size.toString().equals(said) || String.valueOf(size.toBytes()).equals(said);
	}

	private static String plain(String text) {
		return text.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
	}

}

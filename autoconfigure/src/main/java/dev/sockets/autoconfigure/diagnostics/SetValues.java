package dev.sockets.autoconfigure.diagnostics;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
import dev.sockets.autoconfigure.binding.SecretKeys;
import dev.sockets.autoconfigure.binding.WrittenText;

/**
 * The values of properties as they are written, and where.
 */
final class SetValues {

	private static final String DEFAULTS = "-defaults";

	private static final String DURATION = "PT";

	private static final int SECOND = 1000;

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
			String problem = shown.isEmpty() ? (this.text.isEmpty() ? "is empty" : "has nothing but blanks")
					: "has the invalid %s '%s'".formatted(what, isSecret() ? "******" : shown);
			return "'%s' %s%s%s".formatted(this.property, problem, place(),
					NearestName.of(shown, choices).map("; did you mean '%s'?"::formatted).orElse("."));
		}

		/**
		 * Returns where it is set, as the end of a clause.
		 */
		String place() {
			return (this.origin != null) ? ", set in " + this.origin : "";
		}

		private boolean isSecret() {
			return SecretKeys.has(this.property);
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

	/**
	 * Returns the value; of an element also that of a list which is written as one text.
	 */
	private Optional<Value> value(String property) {
		return value(property, property).or(() -> property.endsWith("]")
				? value(property, property.substring(0, property.lastIndexOf('['))) : Optional.empty());
	}

	private Optional<Value> value(String property, String path) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(path, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				String text = new WrittenText().of(found).orElseGet(() -> resolve(String.valueOf(found.getValue())));
				return Optional.of(new Value(property, text, found.getOrigin()));
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
	 * Returns where properties are set.
	 * @param properties their paths, or those of groups
	 * @return a sentence for each of which that is known, after a space
	 */
	String places(String... properties) {
		return Arrays.stream(properties)
			.flatMap((property) -> place(property).stream())
			.map((place) -> " " + place + ".")
			.collect(Collectors.joining());
	}

	private Optional<String> place(String property) {
		return find(property).filter((value) -> value.origin() != null)
			.map((value) -> "'%s' is set in %s".formatted(value.property(), value.origin()))
			.or(() -> originBelow(property)
				.map((origin) -> "What there is of '%s' is set in %s".formatted(property, origin)));
	}

	/**
	 * Returns where the first key of a group is set, written just so if there is one.
	 * @param group the path of the group
	 * @return the place; empty when it is not known
	 */
	Optional<Origin> originBelow(String group) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(group, '.');
		return originBelow((key) -> plain(key, group.length() + 1).equals(group + "."))
			.or(() -> originBelow(name::isAncestorOf));
	}

	/** Returns the first characters of a key, with dots in place of brackets. */
	private static String plain(ConfigurationPropertyName key, int length) {
		String text = key.toString().replace("].", ".").replace(']', '.').replace('[', '.');
		return text.substring(0, Math.min(length, text.length()));
	}

	private Optional<Origin> originBelow(Predicate<ConfigurationPropertyName> group) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				Optional<Origin> origin = iterable.stream()
					.filter(group)
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
			return said.startsWith(DURATION) ? DurationStyle.detectAndParse(text).toString().equals(said)
					: isSize(DataSize.parse(text), said);
		}
		catch (IllegalArgumentException ex) {
			return plain(text).equals(plain(said));
		}
	}

	private static boolean isSize(DataSize size, String said) {
		return size.toString().equals(said) || String.valueOf(size.toBytes()).equals(said);
	}

	/**
	 * Returns how somebody would write what a setting says of itself.
	 * @param said a duration as Java prints it, or anything else
	 */
	static String readable(String said) {
		if (!said.startsWith(DURATION)) {
			return said;
		}
		try {
			Duration duration = Duration.parse(said);
			return DurationStyle.SIMPLE.print(duration,
					(duration.toMillis() % SECOND == 0) ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
		}
		catch (DateTimeParseException ex) {
			return said;
		}
	}

	private static String plain(String text) {
		return text.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
	}

}

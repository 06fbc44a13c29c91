package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.sockets.InvalidSettingException;

/**
 * Finds the entries without binding their values: names are needed when beans are
 * registered, ahead of time too, where values may still be missing.
 *
 * <p>
 * Names that are equal to relaxed binding, such as {@code order-feed} and
 * {@code orderFeed}, are one entry. It is spelled as in the source that yields to all
 * others; as in an environment variable, which has neither dashes nor capitals, only when
 * no other source has it.
 */
public final class EndpointEntries {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("sockets");

	private final List<ConfigurationPropertySource> variables = new ArrayList<>();

	private final List<ConfigurationPropertySource> files = new ArrayList<>();

	private EndpointEntries(Environment environment) {
		for (ConfigurationPropertySource source : new ServiceLinks(environment).otherSources()) {
			boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
			(variable ? this.variables : this.files).add(source);
		}
		Collections.reverse(this.files);
	}

	/**
	 * Returns the entries of all groups.
	 * @param environment what to read
	 * @return entries of different names
	 * @throws DuplicateEndpointException when two have the same name
	 * @throws InvalidSettingException when a name can't be one, or has no properties
	 */
	public static Collection<EndpointEntry> read(Environment environment) {
		EndpointEntries entries = new EndpointEntries(environment);
		Map<String, EndpointEntry> result = new LinkedHashMap<>();
		for (EndpointGroup group : EndpointGroup.values()) {
			for (EndpointEntry entry : entries.of(group)) {
				ReservedNames.check(entry);
				EndpointEntry other = result.put(entry.name(), entry);
				if (other != null) {
					throw new DuplicateEndpointException(other.path(), entry.path());
				}
			}
		}
		entries.checkRoot(result.isEmpty());
		return result.values();
	}

	private Collection<EndpointEntry> of(EndpointGroup group) {
		Map<ConfigurationPropertyName, EndpointEntry> result = new LinkedHashMap<>();
		for (ConfigurationPropertySource file : this.files) {
			fromFile(group, file).forEach(result::putIfAbsent);
		}
		VariableNames names = new VariableNames(group, result.values());
		for (ConfigurationPropertySource source : this.variables) {
			keys(group, source).filter(names::startEntry)
				.map(group::entry)
				.forEach((entry) -> result.putIfAbsent(entry.prefix(), entry));
		}
		result.values().forEach(this::checkThatItHasProperties);
		return result.values();
	}

	private Map<ConfigurationPropertyName, EndpointEntry> fromFile(EndpointGroup group,
			ConfigurationPropertySource file) {
		Map<ConfigurationPropertyName, EndpointEntry> result = new LinkedHashMap<>();
		EntryNames.checkAsWritten(group, file.getUnderlyingSource());
		keys(group, file).forEach((key) -> {
			EntryNames.check(group, key);
			EndpointEntry entry = group.entry(key);
			EndpointEntry same = result.putIfAbsent(entry.prefix(), entry);
			if (same != null && !same.name().equals(entry.name())) {
				throw new DuplicateEndpointException(same.path(), entry.path());
			}
		});
		return result;
	}

	private static Stream<ConfigurationPropertyName> keys(EndpointGroup group, ConfigurationPropertySource source) {
		return (source instanceof IterableConfigurationPropertySource iterable)
				? iterable.stream().filter(group.root()::isAncestorOf) : Stream.empty();
	}

	private void checkThatItHasProperties(EndpointEntry entry) {
		if (sources()
			.noneMatch((source) -> source.containsDescendantOf(entry.prefix()) == ConfigurationPropertyState.PRESENT)) {
			Object value = sources()
				.flatMap((source) -> Stream.ofNullable(source.getConfigurationProperty(entry.prefix())))
				.map(ConfigurationProperty::getValue)
				.findFirst()
				.orElse("");
			throw new InvalidSettingException(entry.path(), value, isKey(entry)
					? "below the name of an endpoint, as in '%s.%s'".formatted(entry.group().path("echo"), entry.name())
					: "a group of properties with at least a port");
		}
	}

	/** Who leaves out the name has a key in its place. */
	private static boolean isKey(EndpointEntry entry) {
		return entry.group().keys().contains(DataObjectPropertyName.toDashedForm(entry.name()));
	}

	/**
	 * What is to be below but is not indented leaves the group without anything. Where
	 * another file has endpoints, one may have none.
	 */
	private void checkRoot(boolean none) {
		for (ConfigurationPropertySource file : this.files) {
			ConfigurationProperty root = file.getConfigurationProperty(ROOT);
			if (root != null && (none || !"".equals(root.getValue()))
					&& file.getUnderlyingSource() instanceof PropertySource<?> source
					&& !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
				throw new InvalidSettingException(ROOT.toString(), root.getValue(),
						"a group of keys below it, which are indented further than it, or left out");
			}
		}
	}

	private Stream<ConfigurationPropertySource> sources() {
		return Stream.concat(this.files.stream(), this.variables.stream());
	}

}

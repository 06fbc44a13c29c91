package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

import dev.sockets.autoconfigure.properties.CorrelationProperties;
import dev.sockets.autoconfigure.properties.RpcProperties;

/**
 * A key below a group of keys, for who has given the group a value.
 */
public final class GroupExample {

	/** They can have a value as well. */
	private static final Set<Class<?>> WITH_VALUE = Set.of(RpcProperties.class, CorrelationProperties.class);

	/** What most look for comes first. */
	private static final List<String> FIRST = List.of("port", "server", "receiver", "interval", "delimiter");

	private static final String NAME = "echo";

	private GroupExample() {
	}

	/**
	 * Returns the full name of a key below a property.
	 * @param property the property
	 * @return the name; empty when the property is no group, or none of ours
	 */
	public static Optional<String> below(ConfigurationPropertyName property) {
		return UnknownKey.type(property)
			.filter(GroupExample::isGroup)
			.map((type) -> isKeyInPlaceOfName(property)
					? "%s.%s.%s".formatted(property.getParent(), NAME, property.getLastElement(Form.DASHED))
					: property + "." + String.join(".", keys(type)));
	}

	/** Who leaves out the name has a key in its place. */
	private static boolean isKeyInPlaceOfName(ConfigurationPropertyName property) {
		return UnknownKey.type(property.getParent())
			.filter(UnknownKey::isMapOfEntries)
			.flatMap((entries) -> UnknownKey.property(entries.getGeneric(1).toClass(),
					property.getLastElement(Form.UNIFORM)))
			.filter((type) -> !isGroup(type))
			.isPresent();
	}

	/**
	 * Returns whether only what is below has values.
	 * @param type the type of a property
	 */
	static boolean isGroup(ResolvableType type) {
		return Map.class.isAssignableFrom(type.toClass())
				|| (UnknownKey.isOurs(type.toClass()) && !WITH_VALUE.contains(type.toClass()));
	}

	/**
	 * Returns what leads from a group to a value.
	 * @param group the type of a property
	 */
	static List<String> keys(ResolvableType group) {
		if (Map.class.isAssignableFrom(group.toClass())) {
			ResolvableType entry = group.getGeneric(1);
			return Stream.concat(Stream.of(NAME), isGroup(entry) ? keys(entry).stream() : Stream.empty()).toList();
		}
		Set<String> keys = UnknownKey.keys(group.toClass());
		String key = FIRST.stream().filter(keys::contains).findFirst().orElseGet(keys.iterator()::next);
		ResolvableType type = UnknownKey.property(group.toClass(), key.replace("-", "")).orElseThrow();
		return Stream.concat(Stream.of(key), isGroup(type) ? keys(type).stream() : Stream.empty()).toList();
	}

}

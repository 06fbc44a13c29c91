package dev.sockets.autoconfigure.binding;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The keys of endpoints, whatever these are called.
 */
final class EntryKeys {

	private static final int IN_DEFAULTS = 3;

	private static final int IN_ENTRY = 4;

	private EntryKeys() {
	}

	/**
	 * Returns the key of a property, with dots before the indexes of a list.
	 * @param property the key of an endpoint, or of the defaults of a group
	 * @return empty when it is no key of either
	 */
	static String of(ConfigurationPropertyName property) {
		int first = isInDefaults(property) ? IN_DEFAULTS : IN_ENTRY;
		return IntStream.range(first, Math.max(first, property.getNumberOfElements()))
			.mapToObj((element) -> property.getElement(element, Form.DASHED))
			.collect(Collectors.joining("."));
	}

	/**
	 * Returns whether a property is one of the defaults of a group.
	 */
	static boolean isInDefaults(ConfigurationPropertyName property) {
		return property.getNumberOfElements() >= IN_DEFAULTS
				&& property.getElement(2, Form.UNIFORM).endsWith("defaults");
	}

}

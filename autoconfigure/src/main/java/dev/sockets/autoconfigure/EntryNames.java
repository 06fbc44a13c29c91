package dev.sockets.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Refuses names that can't be one. A dot would end the name in the configuration, so that
 * what follows it would be taken for a key.
 */
final class EntryNames {

	private EntryNames() {
	}

	/**
	 * Checks the name in a key such as {@code sockets.tcp.server.echo.port}.
	 * @param group where the entry stands
	 * @param key the whole key
	 */
	static void check(EndpointGroup group, ConfigurationPropertyName key) {
		int start = group.root().getNumberOfElements();
		group.checkName(name(key, start, end(group, key, start + 1)));
	}

	/**
	 * Returns where the name ends: before the first element that an entry has as a key,
	 * else, as then it's no name but the key that is wrong, after one element.
	 */
	private static int end(EndpointGroup group, ConfigurationPropertyName key, int shortest) {
		Set<String> keys = group.keys();
		return IntStream.range(shortest, key.getNumberOfElements())
			.filter((i) -> keys.contains(key.getElement(i, Form.DASHED)))
			.findFirst()
			.orElse(shortest);
	}

	private static String name(ConfigurationPropertyName key, int start, int end) {
		return IntStream.range(start, end)
			.mapToObj((i) -> key.getElement(i, Form.ORIGINAL))
			.collect(Collectors.joining("."));
	}

}

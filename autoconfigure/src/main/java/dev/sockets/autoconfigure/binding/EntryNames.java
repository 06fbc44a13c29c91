package dev.sockets.autoconfigure.binding;

import java.util.StringJoiner;

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
	 * else, as then it's no name but the key that is wrong, after one element. A name and
	 * one more element, the most frequent key, are told without a look at the keys.
	 */
	private static int end(EndpointGroup group, ConfigurationPropertyName key, int shortest) {
		int elements = key.getNumberOfElements();
		if (elements == shortest + 1) {
			return shortest;
		}
		for (int i = shortest; i < elements; i++) {
			if (group.keys().contains(key.getElement(i, Form.DASHED))) {
				return i;
			}
		}
		return shortest;
	}

	private static String name(ConfigurationPropertyName key, int start, int end) {
		StringJoiner name = new StringJoiner(".");
		for (int i = start; i < end; i++) {
			name.add(key.getElement(i, Form.ORIGINAL));
		}
		return name.toString();
	}

}

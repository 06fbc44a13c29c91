package dev.sockets.autoconfigure.binding;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.EnumerablePropertySource;

import dev.sockets.InvalidSettingException;

/**
 * Refuses names that can't be one. A dot would end the name in the configuration, so that
 * what follows it would be taken for a key.
 */
final class EntryNames {

	/** Other than what names can have, and dots and brackets, which part keys. */
	private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_.\\[\\]-]");

	private EntryNames() {
	}

	/**
	 * Checks the name in a key such as {@code sockets.tcp.server.echo.port}.
	 * @param group where the entry stands
	 * @param key the whole key
	 */
	static void check(EndpointGroup group, ConfigurationPropertyName key) {
		int start = group.root().getNumberOfElements();
		if (key.isNumericIndex(start) && key.getElement(start, Form.ORIGINAL).equals("0")) {
			String below = (key.getNumberOfElements() > start + 1) ? key.getElement(start + 1, Form.ORIGINAL) + ": ..."
					: "...";
			throw new InvalidSettingException(group.root().toString(), "- " + below,
					"no list but entries by their names: write 'echo:' in place of '-', for one that is called 'echo'");
		}
		group.checkName(name(key, start, end(group, key, start + 1)));
	}

	/**
	 * Checks the names in keys as they are written: Spring Boot leaves out other
	 * characters.
	 * @param group where the entries stand
	 * @param source a source of properties
	 */
	static void checkAsWritten(EndpointGroup group, @Nullable Object source) {
		if (source instanceof EnumerablePropertySource<?> properties) {
			String root = group.root() + ".";
			for (String key : properties.getPropertyNames()) {
				if (key.startsWith(root)) {
					checkAsWritten(group, key.substring(root.length()).split("\\."));
				}
			}
		}
	}

	private static void checkAsWritten(EndpointGroup group, String[] elements) {
		int end = IntStream.range(1, elements.length)
			.filter((i) -> group.keys().contains(DataObjectPropertyName.toDashedForm(elements[i])))
			.findFirst()
			.orElse(1);
		String name = String.join(".", Arrays.copyOf(elements, end));
		if (OTHER.matcher(name).find()) {
			group.checkName(name);
		}
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

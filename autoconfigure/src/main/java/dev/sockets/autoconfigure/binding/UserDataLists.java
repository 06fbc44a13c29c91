package dev.sockets.autoconfigure.binding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Makes lists of what are lists in the configuration. In a map of any values Boot binds
 * them as maps, whose keys are the numbers of their elements.
 */
final class UserDataLists {

	private static final String KEY = "user-data";

	private static final int MOST_DIGITS = 6;

	/** What the keys below one place are; it has no values. */
	private static final class Place {

		private final Map<String, Place> places = new LinkedHashMap<>();

		private boolean onlyNumbers = true;

		/** What has set the first element: as Boot has it, only that counts. */
		private @Nullable ConfigurationPropertySource source;

		private int size;

		private void add(ConfigurationPropertySource source, ConfigurationPropertyName name, int element) {
			if (element == name.getNumberOfElements()) {
				return;
			}
			String key = name.getElement(element, ConfigurationPropertyName.Form.ORIGINAL);
			this.onlyNumbers &= name.isNumericIndex(element) && key.length() <= MOST_DIGITS;
			this.source = (this.source != null) ? this.source : source;
			if (this.onlyNumbers && source == this.source) {
				this.size = Math.max(this.size, Integer.parseInt(key) + 1);
			}
			this.places.computeIfAbsent(key, (none) -> new Place()).add(source, name, element + 1);
		}

		private Object restored(Map<?, ?> bound) {
			List<Object> list = new ArrayList<>();
			if (this.onlyNumbers) {
				for (int i = 0; i < this.size && bound.containsKey(String.valueOf(i)); i++) {
					list.add(restored(String.valueOf(i), Objects.requireNonNull(bound.get(String.valueOf(i)))));
				}
			}
			if (this.size > 0 && list.size() == this.size) {
				return list;
			}
			Map<String, Object> map = new LinkedHashMap<>();
			bound.forEach((key, value) -> map.put(String.valueOf(key), restored(String.valueOf(key), value)));
			return map;
		}

		private Object restored(String key, Object bound) {
			Place place = this.places.get(key);
			return (place != null && bound instanceof Map<?, ?> map) ? place.restored(map) : bound;
		}

	}

	private UserDataLists() {
	}

	/**
	 * Makes lists of the values that are some.
	 * @param sources the configuration
	 * @param path what has bound the values
	 * @param data the values below it, which are changed, and others
	 */
	static void restore(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName path,
			Map<String, Object> data) {
		if (data.values().stream().anyMatch(Map.class::isInstance)) {
			Place place = place(sources, path.append(KEY));
			data.replaceAll(place::restored);
		}
	}

	private static Place place(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName root) {
		Place place = new Place();
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(root::isAncestorOf)
					.forEach((name) -> place.add(source, name, root.getNumberOfElements()));
			}
		}
		return place;
	}

}

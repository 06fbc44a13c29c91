package dev.sockets.autoconfigure.binding;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.UnicodeReader;

import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.Resource;

/**
 * What stands without quotes in a YAML file, read as Spring Boot reads it, so that both
 * count lines and columns in the same way.
 */
final class YamlTexts {

	private final Map<Location, String> texts;

	private YamlTexts(Map<Location, String> texts) {
		this.texts = texts;
	}

	/** Reads a file. One that cannot be read, or is no YAML, has no texts. */
	static YamlTexts read(Resource file) {
		Map<Location, String> texts = new HashMap<>();
		try (Reader reader = new UnicodeReader(file.getInputStream())) {
			for (Event event : new Yaml(options()).parse(reader)) {
				if (event instanceof ScalarEvent scalar && scalar.isPlain()) {
					Mark start = event.getStartMark();
					texts.put(new Location(start.getLine(), start.getColumn()), scalar.getValue());
				}
			}
			return new YamlTexts(texts);
		}
		catch (IOException | RuntimeException ex) {
			return new YamlTexts(Map.of());
		}
	}

	/**
	 * Returns the text that has become a value.
	 * @param location where the value is said to stand
	 * @param value the value
	 * @return empty when there is another value by now, or none
	 */
	Optional<String> of(Location location, Object value) {
		return Optional.ofNullable(this.texts.get(location)).filter((text) -> stands(text, value));
	}

	private static boolean stands(String text, Object value) {
		try {
			return value.equals(new Yaml(new SafeConstructor(options())).load(text));
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static LoaderOptions options() {
		LoaderOptions options = new LoaderOptions();
		options.setCodePointLimit(Integer.MAX_VALUE);
		return options;
	}

}

package dev.sockets.autoconfigure.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

import dev.sockets.InvalidSettingException;

/**
 * Refuses numbers where bytes on the wire are to be written as text: YAML makes the
 * number 13 of 0x0D, which would be the two characters 1 and 3.
 */
final class WireTextNumbers {

	static final List<String> KEYS = List.of("framing-options.delimiter", "framing-options.delimiters",
			"framing-options.begin", "framing-options.end", "framing-options.flag", "framing-options.escape",
			"checksum.separator", "acknowledge.ack", "acknowledge.nak", "heartbeat.message", "busy-message",
			"goodbye-message");

	/** Have values by names. */
	private static final List<String> MAPS = List.of("framing-options.map", "framing-options.header-bytes");

	/** May be a password. */
	private static final String SECRET = "session.hello";

	private static final int MOST_ELEMENTS = 16;

	private WireTextNumbers() {
	}

	/**
	 * Looks at the keys below a path.
	 * @throws InvalidSettingException when one of them has a number
	 */
	static void refuse(Iterable<ConfigurationPropertySource> sources, ConfigurationPropertyName path) {
		for (String key : KEYS) {
			ConfigurationPropertyName name = path.append(key);
			refuse(name, value(sources, name));
			for (int i = 0; i < MOST_ELEMENTS; i++) {
				ConfigurationPropertyName element = name.append("[" + i + "]");
				Object value = value(sources, element);
				if (value == null) {
					break;
				}
				refuse(element, value);
			}
		}
		MAPS.forEach((map) -> values(sources, path.append(map)).forEach(WireTextNumbers::refuse));
		if (value(sources, path.append(SECRET)) instanceof Number) {
			throw new InvalidSettingException(path.append(SECRET).toString(), HandshakeMapper.HIDDEN,
					"text in quotes, not a number, as which YAML reads it");
		}
	}

	private static Map<ConfigurationPropertyName, Object> values(Iterable<ConfigurationPropertySource> sources,
			ConfigurationPropertyName parent) {
		Map<ConfigurationPropertyName, Object> values = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(parent::isParentOf)
					.forEach((name) -> values.putIfAbsent(name, value(List.of(source), name)));
			}
		}
		return values;
	}

	private static void refuse(ConfigurationPropertyName name, @Nullable Object value) {
		if (value instanceof Number number) {
			long code = number.longValue();
			throw new InvalidSettingException(name.toString(), value,
					"text in quotes, not a number, as which YAML reads it"
							+ ((code >= 0 && code <= 0xFF && code == number.doubleValue())
									? ": for the byte %02X write '\\x%02X'".formatted(code, code) : ""));
		}
	}

	private static @Nullable Object value(Iterable<ConfigurationPropertySource> sources,
			ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property.getValue();
			}
		}
		return null;
	}

}

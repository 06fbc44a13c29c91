package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The properties whose texts are taken with the blanks around them: what goes over the
 * wire, what is secret, and what is looked for in texts.
 */
final class VerbatimKeys {

	private static final List<String> OTHERS = List.of("framing-options.map", "framing-options.header-bytes",
			"heartbeat.answer", "correlation.pattern", "rpc.id");

	private VerbatimKeys() {
	}

	/**
	 * Returns whether blanks around a value may be meant.
	 * @param property the full path
	 */
	static boolean has(ConfigurationPropertyName property) {
		String key = EntryKeys.of(property);
		return SecretKeys.has(property.toString()) || Stream.concat(WireTextNumbers.KEYS.stream(), OTHERS.stream())
			.anyMatch((verbatim) -> key.equals(verbatim) || key.startsWith(verbatim + "."));
	}

}

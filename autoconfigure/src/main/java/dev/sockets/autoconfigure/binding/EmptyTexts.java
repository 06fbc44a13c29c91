package dev.sockets.autoconfigure.binding;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What keys are to have that mean nothing when they are empty, whatever else there is. An
 * empty text of any other key of an endpoint is left to who reads it. Those of the
 * defaults of a group may be read by nobody, as each endpoint may have its own.
 */
final class EmptyTexts {

	private static final String BUNDLE = "the name of a bundle below spring.ssl.bundle";

	private static final Map<String, String> KINDS = Map.of("ssl.bundle", BUNDLE, "authenticator",
			"the name of a SocketAuthenticator bean", "handshake", "the name of a ConnectionHandshake bean",
			"correlation", "the name of a Correlation bean, or a group of keys below it", "rpc.id",
			"what the peer is told of who this side is", "host", "an address or a host name", "local-address",
			"an address of this host in numbers, such as 192.0.2.7 or 2001:db8::7", "group",
			"the address of a multicast group", "network-interface", "the name or an address of a network interface");

	private static final Map<String, String> IN_DEFAULTS = Map.of("framing",
			"the name of a framing, such as line or length4", "codec", "the name of a codec, such as text or json",
			"payload-type", "the full name of a class on the class path", "channel",
			"the name of a MessageChannel bean", "path-permissions", "nine letters such as rw-rw----", "checksum.place",
			"end, after-end or the index of a byte");

	/** They may have no characters. */
	private static final Set<String> MESSAGES = Set.of("busy-message", "goodbye-message", "heartbeat.message",
			"heartbeat.answer");

	private EmptyTexts() {
	}

	/**
	 * Returns what a key is to have, as the end of a sentence that starts with "must be".
	 * @param name the key of an endpoint, or of the defaults of a group
	 */
	static Optional<String> allowed(ConfigurationPropertyName name) {
		String key = EntryKeys.of(name);
		return Optional.ofNullable(KINDS.get(key))
			.or(() -> (key.startsWith("ssl.sni.") && key.endsWith(".bundle")) ? Optional.of(BUNDLE) : Optional.empty());
	}

	/**
	 * Returns what any key that has a text is to have among the defaults of a group.
	 * @param name the key
	 * @return empty when it may have none, or is a key of an endpoint
	 */
	static Optional<String> allowedInDefaults(ConfigurationPropertyName name) {
		String key = EntryKeys.of(name);
		return (EntryKeys.isInDefaults(name) && !MESSAGES.contains(key))
				? Optional.of(IN_DEFAULTS.getOrDefault(key, "at least one character")) : Optional.empty();
	}

}

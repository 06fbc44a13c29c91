package dev.sockets.autoconfigure.binding;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * What keys are to have that mean nothing when they are empty, whatever else there is. An
 * empty text of any other key is left to who reads it.
 */
final class EmptyTexts {

	private static final String BUNDLE = "the name of a bundle below spring.ssl.bundle";

	private static final Map<String, String> KINDS = Map.of("ssl.bundle", BUNDLE, "authenticator",
			"the name of a SocketAuthenticator bean", "handshake", "the name of a ConnectionHandshake bean",
			"correlation", "the name of a Correlation bean, or a group of keys below it", "rpc.id",
			"what the peer is told of who this side is", "host", "an address or a host name", "local-address",
			"an address of this host in numbers, such as 192.0.2.7 or 2001:db8::7", "group",
			"the address of a multicast group", "network-interface", "the name or an address of a network interface");

	private EmptyTexts() {
	}

	/**
	 * Returns what a key is to have, as the end of a sentence that starts with "must be".
	 * @param name the key of an endpoint, or of the defaults of a group
	 */
	static Optional<String> allowed(ConfigurationPropertyName name) {
		int entry = (name.getNumberOfElements() > 2 && name.getElement(2, Form.UNIFORM).endsWith("defaults")) ? 3 : 4;
		String key = IntStream.range(entry, Math.max(entry, name.getNumberOfElements()))
			.mapToObj((element) -> name.getElement(element, Form.DASHED))
			.collect(Collectors.joining("."));
		return Optional.ofNullable(KINDS.get(key))
			.or(() -> (key.startsWith("ssl.sni.") && key.endsWith(".bundle")) ? Optional.of(BUNDLE) : Optional.empty());
	}

}

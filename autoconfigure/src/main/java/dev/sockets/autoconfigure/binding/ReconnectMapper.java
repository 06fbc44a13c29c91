package dev.sockets.autoconfigure.binding;

import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.tcp.Reconnect;

/**
 * Maps {@code reconnect.*}.
 */
final class ReconnectMapper {

	private ReconnectMapper() {
	}

	static Reconnect map(BoundEntry<TcpClientProperties> entry) {
		TcpClientProperties.Reconnect reconnect = entry.properties().getReconnect();
		if (!reconnect.isEnabled()) {
			PropertyNames.of(TcpClientProperties.Reconnect.class)
				.stream()
				.filter((key) -> !key.equals("enabled"))
				.forEach((key) -> entry.refuse("reconnect." + key,
						"the client does not connect again with reconnect.enabled=false"));
		}
		return new Reconnect(reconnect.isEnabled(), reconnect.getInitialDelay(), reconnect.getMultiplier(),
				reconnect.getMaxDelay(), reconnect.getJitter(), reconnect.getMaxAttempts());
	}

}

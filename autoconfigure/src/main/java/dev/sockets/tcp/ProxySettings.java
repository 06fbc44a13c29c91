package dev.sockets.tcp;

import java.time.Duration;
import java.util.List;

/**
 * The proxies in front of a server.
 *
 * @param protocol whether each connection has a header; not {@code NONE}
 * @param from where proxies are; nobody else is believed
 * @param timeout how long after connecting the header must be there
 */
public record ProxySettings(ProxyProtocol protocol, List<AddressRange> from, Duration timeout) {

	public ProxySettings {
		from = List.copyOf(from);
	}

}

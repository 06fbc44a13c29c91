package dev.sockets.actuate;

import java.net.InetSocketAddress;

/**
 * Writes addresses without asking for names.
 */
final class Addresses {

	private Addresses() {
	}

	static String text(InetSocketAddress address) {
		String host = (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

}

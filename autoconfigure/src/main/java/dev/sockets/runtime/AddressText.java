package dev.sockets.runtime;

import java.net.InetSocketAddress;

import dev.sockets.UnixSocketAddress;

/**
 * Addresses of this machine and of peers, as the log and Actuator show them: without
 * asking for names.
 */
public final class AddressText {

	private AddressText() {
	}

	/**
	 * Returns an address as text.
	 * @param address the address
	 * @return host and port, such as {@code 0.0.0.0:7001} or
	 * {@code [0:0:0:0:0:0:0:1]:7001}, or the path of a Unix domain socket
	 */
	public static String of(InetSocketAddress address) {
		if (address instanceof UnixSocketAddress) {
			return address.toString();
		}
		String host = (address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

}

package dev.sockets;

import java.net.InetSocketAddress;

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
		return of(address,
				(address.getAddress() != null) ? address.getAddress().getHostAddress() : address.getHostString());
	}

	/**
	 * Returns an address as text, by the name that somebody has given for it.
	 * @param address the address
	 * @return the same as {@link #of(InetSocketAddress)}, but with the name of the host
	 * when it was made of that
	 */
	public static String asNamed(InetSocketAddress address) {
		return of(address, address.getHostString());
	}

	private static String of(InetSocketAddress address, String host) {
		if (address instanceof UnixSocketAddress) {
			return address.toString();
		}
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

}

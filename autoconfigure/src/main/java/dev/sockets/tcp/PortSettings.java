package dev.sockets.tcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.UnixSocketAddress;

/**
 * Checks where servers listen, and where clients connect to and from.
 */
final class PortSettings {

	private static final int HIGHEST = 65535;

	private static final int MOST_PORTS = 100;

	private PortSettings() {
	}

	/**
	 * Checks a host.
	 * @return the host; an IPv6 address without brackets
	 */
	static String host(String path, String host) {
		if (host.isBlank()) {
			throw new InvalidSettingException(path + ".host", host, "an address or a host name");
		}
		return new Peer(host, 0).host();
	}

	static void checkServer(String path, List<Integer> ports) {
		if (ports.isEmpty()) {
			throw new InvalidSettingException(path + ".port", null, "a port from 0 (any free one) to 65535");
		}
		for (int port : ports) {
			if (port < 0 || port > HIGHEST) {
				throw new InvalidSettingException(path + ".port", port, "a port from 0 (any free one) to 65535");
			}
		}
		if (ports.size() > MOST_PORTS) {
			throw new InvalidSettingException(path + ".ports", ports.size() + " ports",
					"at most " + MOST_PORTS + ", as each takes descriptors");
		}
	}

	/**
	 * Checks the peer of a client.
	 * @param port the port; {@code null} when it was not said
	 */
	static void checkPeer(String path, String host, @Nullable Integer port) {
		if (UnixSocketAddress.isUnix(host)) {
			UnixSettings.checkPath(path + ".path", host);
		}
		else if (port == null || port < 1 || port > HIGHEST) {
			throw new InvalidSettingException(path + ".port", port, "a port from 1 to 65535");
		}
	}

	static void checkLocal(String path, @Nullable String address, int port) {
		if (address != null && AddressRange.address(address) == null) {
			throw new InvalidSettingException(path + ".local-address", address,
					"an address of this host in numbers, such as 192.0.2.7 or 2001:db8::7");
		}
		if (port < 0 || port > HIGHEST) {
			throw new InvalidSettingException(path + ".local-port", port, "a port from 1 to 65535, or 0 for any");
		}
	}

}

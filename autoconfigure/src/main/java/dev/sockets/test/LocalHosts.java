package dev.sockets.test;

import java.net.InetAddress;

import dev.sockets.multicast.MulticastGroups;

/**
 * Knows which hosts are this machine by what is written, without looking any name up.
 */
final class LocalHosts {

	private LocalHosts() {
	}

	/**
	 * Returns whether what is sent to a host gets to who listens on another, or that one.
	 * @param host the address or name that somebody turns to
	 * @param listening the address or name that somebody listens on
	 */
	static boolean leads(String host, String listening) {
		return host.equalsIgnoreCase(listening) || (isLoopback(host) && isHere(listening));
	}

	private static boolean isHere(String host) {
		return isLoopback(host) || MulticastGroups.address(host).filter(InetAddress::isAnyLocalAddress).isPresent();
	}

	private static boolean isLoopback(String host) {
		return host.equalsIgnoreCase("localhost")
				|| MulticastGroups.address(host).filter(InetAddress::isLoopbackAddress).isPresent();
	}

}

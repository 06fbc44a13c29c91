package dev.sockets.runtime.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;

import dev.sockets.tcp.AddressRange;

/**
 * What counts as one peer where limits are those of an address. Whoever has an IPv6
 * address has all of its network of 64 bits, so that counts as one. Link-local addresses
 * count each, as all peers of a link are in one network.
 */
public final class PeerNetwork {

	private static final int BITS = 64;

	private PeerNetwork() {
	}

	/**
	 * Returns the addresses that count as one with an address.
	 * @param address the address
	 * @return its network, or the address alone
	 */
	public static AddressRange of(InetAddress address) {
		return AddressRange.around(address, isOneOfMany(address) ? BITS : Integer.MAX_VALUE);
	}

	/**
	 * Returns what stands for all addresses that count as one with an address.
	 * @param address the address
	 * @return the first address of its network, or the address itself
	 */
	public static InetAddress first(InetAddress address) {
		return isOneOfMany(address) ? of(address).address() : address;
	}

	private static boolean isOneOfMany(InetAddress address) {
		return address instanceof Inet6Address && !address.isLinkLocalAddress() && !address.isLoopbackAddress();
	}

}

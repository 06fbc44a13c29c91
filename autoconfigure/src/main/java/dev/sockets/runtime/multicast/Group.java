package dev.sockets.runtime.multicast;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

import dev.sockets.multicast.MulticastGroups;

/**
 * A multicast group.
 *
 * @param text its address as it was given
 * @param address its address
 */
record Group(String text, InetAddress address) {

	static Group of(String text) {
		return new Group(text, MulticastGroups.parse(text));
	}

	ProtocolFamily family() {
		return family(this.address);
	}

	/** Returns whether the address means another group on each network interface. */
	boolean isOfOneInterface() {
		return !(this.address instanceof Inet4Address)
				&& (this.address.isMCLinkLocal() || this.address.isMCNodeLocal());
	}

	static ProtocolFamily family(InetAddress address) {
		return (address instanceof Inet4Address) ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
	}

}

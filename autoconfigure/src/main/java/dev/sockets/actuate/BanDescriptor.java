package dev.sockets.actuate;

import java.time.Instant;

import dev.sockets.tcp.Ban;

/**
 * Addresses from which a server takes no connections for a while.
 *
 * @param addresses an address or a network
 * @param until when the ban ends
 */
public record BanDescriptor(String addresses, Instant until) {

	static BanDescriptor of(Ban ban) {
		return new BanDescriptor(ban.addresses().toString(), ban.until());
	}

}

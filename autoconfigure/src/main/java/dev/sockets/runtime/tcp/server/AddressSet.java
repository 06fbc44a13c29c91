package dev.sockets.runtime.tcp.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import dev.sockets.tcp.AddressRange;

/**
 * Addresses and networks, among which one is found as fast as among a few, however many
 * there are. Not changed once made.
 */
final class AddressSet {

	private final Set<AddressRange> ranges;

	private final int[] ipv4Prefixes;

	private final int[] ipv6Prefixes;

	AddressSet(Collection<AddressRange> ranges) {
		this.ranges = new HashSet<>(ranges);
		this.ipv4Prefixes = prefixes(Inet4Address.class::isInstance);
		this.ipv6Prefixes = prefixes((address) -> !(address instanceof Inet4Address));
	}

	private int[] prefixes(Predicate<InetAddress> family) {
		return this.ranges.stream()
			.filter((range) -> family.test(range.address()))
			.mapToInt(AddressRange::prefixLength)
			.distinct()
			.toArray();
	}

	boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	boolean contains(InetAddress address) {
		for (int prefix : (address instanceof Inet4Address) ? this.ipv4Prefixes : this.ipv6Prefixes) {
			if (this.ranges.contains(AddressRange.around(address, prefix))) {
				return true;
			}
		}
		return false;
	}

}

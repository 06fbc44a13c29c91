package dev.sockets.runtime.multicast;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sockets.multicast.MulticastGroups;

/**
 * The senders whose datagrams a receiver takes, whether they come by a group or to its
 * port alone: the system knows of the groups only.
 */
final class Sources {

	private final Set<InetAddress> addresses = new HashSet<>();

	private final boolean all;

	/**
	 * Creates the senders.
	 * @param sources their addresses; empty for all
	 */
	Sources(List<String> sources) {
		this.all = sources.isEmpty();
		sources.forEach((source) -> MulticastGroups.address(source).ifPresent(this.addresses::add));
	}

	boolean contains(InetAddress sender) {
		return this.all || this.addresses.contains(sender);
	}

}

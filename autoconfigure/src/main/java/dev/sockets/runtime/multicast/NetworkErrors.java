package dev.sockets.runtime.multicast;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;

/**
 * Says what the messages of the operating system mean for datagrams.
 */
final class NetworkErrors {

	private static final Map<String, String> MEANINGS = Map.of("No such device",
			"there is no route for multicast on %s", "Network is unreachable", "there is no route for multicast on %s",
			"No route to host", "there is no route for multicast on %s", "Network is down", "%s is down",
			"No buffer space available",
			"the system allows no more groups (on Linux see net.ipv4.igmp_max_memberships)",
			"Cannot assign requested address", "%s has no address of that family", "Operation not permitted",
			"a firewall or the system's policy forbids it on %s");

	private static final Map<String, String> UNICAST = Map.of("Network is unreachable", "there is no route to it",
			"No route to host", "there is no route to it", "Permission denied",
			"it is a broadcast address and %s.broadcast is off, or the system's policy forbids it",
			"Cannot assign requested address", "%s.local-address is not of this machine", "Operation not permitted",
			"a firewall or the system's policy forbids it");

	private NetworkErrors() {
	}

	/**
	 * Explains a failure to send to a host.
	 * @param cause what was thrown
	 * @param path the property path of the sender
	 */
	static String ofUnicast(Exception cause, String path) {
		boolean unknown = cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException;
		return unknown ? "there is no host of that name" : explain(UNICAST, cause, path);
	}

	/**
	 * Explains a failure to send to a group, or to join it.
	 * @param cause what was thrown
	 * @param networkInterface the interface's name, or other words for it
	 */
	static String of(Exception cause, String networkInterface) {
		return explain(MEANINGS, cause, networkInterface);
	}

	private static String explain(Map<String, String> meanings, Exception cause, String where) {
		String message = String.valueOf(cause.getMessage());
		return meanings.entrySet()
			.stream()
			.filter((meaning) -> message.contains(meaning.getKey()))
			.map((meaning) -> meaning.getValue().formatted(where) + " (" + message + ")")
			.findFirst()
			.orElse(message);
	}

}

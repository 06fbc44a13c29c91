package dev.sockets.runtime.multicast;

import java.util.Map;

/**
 * Says what the messages of the operating system mean for multicast.
 */
final class NetworkErrors {

	private static final Map<String, String> MEANINGS = Map.of("No such device",
			"there is no route for multicast on %s", "Network is unreachable", "there is no route for multicast on %s",
			"No route to host", "there is no route for multicast on %s", "Network is down", "%s is down",
			"No buffer space available",
			"the system allows no more groups (on Linux see net.ipv4.igmp_max_memberships)",
			"Cannot assign requested address", "%s has no address of that family", "Operation not permitted",
			"a firewall or the system's policy forbids it on %s");

	private NetworkErrors() {
	}

	/**
	 * Explains a failure.
	 * @param cause what was thrown
	 * @param networkInterface the interface's name, or other words for it
	 */
	static String of(Exception cause, String networkInterface) {
		String message = String.valueOf(cause.getMessage());
		return MEANINGS.entrySet()
			.stream()
			.filter((meaning) -> message.contains(meaning.getKey()))
			.map((meaning) -> meaning.getValue().formatted(networkInterface) + " (" + message + ")")
			.findFirst()
			.orElse(message);
	}

}

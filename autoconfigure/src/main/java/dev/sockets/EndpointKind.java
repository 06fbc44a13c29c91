package dev.sockets;

/**
 * The kinds of endpoints.
 */
public enum EndpointKind {

	/** Listens and accepts TCP connections. */
	TCP_SERVER("sockets.tcp.server"),

	/** Keeps one TCP connection to a peer. */
	TCP_CLIENT("sockets.tcp.client"),

	/** Receives the datagrams of multicast groups. */
	MULTICAST_RECEIVER("sockets.multicast.receiver"),

	/** Sends datagrams to multicast groups. */
	MULTICAST_SENDER("sockets.multicast.sender"),

	/** Receives the datagrams that are sent to its port. */
	UDP_RECEIVER("sockets.udp.receiver"),

	/** Sends datagrams to one host, or to all of a network. */
	UDP_SENDER("sockets.udp.sender");

	private static final String NAME = "[A-Za-z0-9_-]+";

	private final String path;

	EndpointKind(String path) {
		this.path = path;
	}

	/**
	 * Returns the property path of an endpoint of this kind.
	 * @param name the endpoint's name
	 * @return the path its properties start with
	 */
	public String path(String name) {
		return this.path + "." + name;
	}

	/**
	 * Refuses a name that no endpoint can have. A dot, for one, would end it in the
	 * configuration.
	 * @param name the name
	 * @throws InvalidSettingException when it has other characters than letters, digits,
	 * {@code -} and {@code _}, or none
	 */
	public void checkName(String name) {
		if (!name.matches(NAME)) {
			String proposal = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
			throw new InvalidSettingException(path(name), name, "a name of letters, digits, '-' and '_', such as '"
					+ (proposal.isEmpty() ? "echo" : proposal) + "'");
		}
	}

}

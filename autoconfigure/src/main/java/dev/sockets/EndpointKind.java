package dev.sockets;

/**
 * The kinds of endpoints.
 */
public enum EndpointKind {

	/** Listens and accepts TCP connections. */
	TCP_SERVER("sockets.tcp.server"),

	/** Keeps one TCP connection to a peer. */
	TCP_CLIENT("sockets.tcp.client");

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

}

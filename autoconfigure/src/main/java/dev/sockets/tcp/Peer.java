package dev.sockets.tcp;

/**
 * Where a client connects to.
 *
 * @param host address or name, resolved at each attempt
 * @param port the port
 */
public record Peer(String host, int port) {

	@Override
	public String toString() {
		return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}

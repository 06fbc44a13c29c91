package dev.sockets.tcp;

import dev.sockets.InvalidSettingException;

/**
 * Where a client connects to.
 *
 * @param host address or name, resolved at each attempt
 * @param port the port
 */
public record Peer(String host, int port) {

	/** Refuses one that cannot be. */
	void check(String property) {
		if (this.host.isBlank() || this.port < 1 || this.port > 65535) {
			throw new InvalidSettingException(property, this, "a list of host:port");
		}
	}

	@Override
	public String toString() {
		return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}

package dev.sockets.tcp;

import java.nio.file.Path;

import dev.sockets.InvalidSettingException;
import dev.sockets.UnixSocketAddress;

/**
 * Where a client connects to.
 *
 * @param host address or name, resolved at each attempt; an IPv6 address may be given in
 * brackets, which are taken off
 * @param port the port
 */
public record Peer(String host, int port) {

	public Peer {
		if (host.startsWith("[") && host.endsWith("]") && host.indexOf(':') >= 0) {
			host = host.substring(1, host.length() - 1);
		}
	}

	/**
	 * Returns a peer that listens on a Unix domain socket.
	 * @param path the path of the socket
	 * @return the peer, whose host is {@code unix:} and the path, and whose port is 0
	 */
	public static Peer unix(Path path) {
		return new Peer(UnixSocketAddress.of(path).toString(), 0);
	}

	/** Refuses one that cannot be. */
	void check(String property) {
		if (UnixSocketAddress.isUnix(this.host)) {
			UnixSettings.checkPath(property, this.host);
		}
		else if (this.host.isBlank() || this.port < 1 || this.port > 65535) {
			throw new InvalidSettingException(property, this, "a list of host:port");
		}
	}

	@Override
	public String toString() {
		if (UnixSocketAddress.isUnix(this.host)) {
			return this.host;
		}
		return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}

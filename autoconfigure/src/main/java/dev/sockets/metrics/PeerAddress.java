package dev.sockets.metrics;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import dev.sockets.tcp.Connection;

/**
 * Where the peer of a connection is.
 *
 * @param host its address in digits, or its name where there is none
 * @param port its port
 */
record PeerAddress(String host, int port) {

	static PeerAddress of(Connection connection) {
		InetSocketAddress remote = connection.getRemoteAddress();
		InetAddress address = remote.getAddress();
		return new PeerAddress((address != null) ? withoutScope(address.getHostAddress()) : remote.getHostString(),
				remote.getPort());
	}

	/** Which interface of this machine it was is nothing of the peer's. */
	private static String withoutScope(String address) {
		int scope = address.indexOf('%');
		return (scope >= 0) ? address.substring(0, scope) : address;
	}

	String uri() {
		String host = (this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host;
		return "tcp://" + host + ":" + this.port;
	}

}

package dev.sockets.runtime.tcp.server;

import java.util.Optional;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.runtime.PeerLog;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpServer;

/**
 * The connections of a server that are on this node.
 *
 * @param server the server's name
 * @param registry the open ones
 * @param log what their peers may cause
 */
record LocalConnections(String server, ConnectionRegistry registry, PeerLog log) {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	/**
	 * Returns a connection as one of this server.
	 * @param connection the connection, which need not be known to the application yet
	 * @return the same
	 * @throws IllegalArgumentException when it is none
	 */
	DefaultConnection own(Connection connection) {
		if (connection instanceof DefaultConnection known && known.getEndpoint().equals(this.server)) {
			return known;
		}
		throw new IllegalArgumentException(connection + " is no connection of TCP server '" + this.server + "'");
	}

	Optional<DefaultConnection> find(String id) {
		return this.registry.find(id).map(DefaultConnection.class::cast);
	}

	/** The future of a join may be nobody's business. */
	void failed(SocketOperationException failure) {
		if (failure.getCode() == SocketErrorCode.TOO_MANY_GROUPS) {
			this.log.warn(logger, failure.getCode(), () -> String.valueOf(failure.getMessage()), null);
		}
	}

	SocketOperationException unknown(String id) {
		return new SocketOperationException(SocketErrorCode.NOT_CONNECTED,
				"TCP server '" + this.server + "' has no connection '" + id + "'");
	}

}

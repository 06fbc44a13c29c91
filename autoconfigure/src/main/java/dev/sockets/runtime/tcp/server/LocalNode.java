package dev.sockets.runtime.tcp.server;

import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.ConnectionInfo;

/**
 * The node that this application is.
 *
 * @param id its id
 */
record LocalNode(String id) {

	ConnectionInfo describe(DefaultConnection connection) {
		return new ConnectionInfo(connection.getId(), this.id, connection.getUser(), connection.getGroups(),
				connection.getRemoteAddress(), connection.getOpenedAt());
	}

}

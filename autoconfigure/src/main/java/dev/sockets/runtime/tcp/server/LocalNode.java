package dev.sockets.runtime.tcp.server;

import java.time.Duration;
import java.time.Instant;

import org.springframework.context.ApplicationContext;

import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;

/**
 * The node that this application is.
 *
 * @param id its id
 * @param application knows when it was started
 */
record LocalNode(String id, ApplicationContext application) {

	ConnectionInfo describe(DefaultConnection connection) {
		return new ConnectionInfo(connection.getId(), this.id, connection.getUser(), connection.getGroups(),
				connection.getRemoteAddress(), connection.getOpenedAt());
	}

	NodeInfo describe(int connections) {
		Instant since = Instant.ofEpochMilli(this.application.getStartupDate());
		return new NodeInfo(this.id, true, since, connections, Duration.ZERO);
	}

}

package dev.sockets.runtime.tcp.server;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;

/**
 * The node that this application is.
 *
 * @param id its id
 * @param application knows when it was started
 * @param backplane leads to other nodes; {@code null} when there are none
 */
record LocalNode(String id, ApplicationContext application, @Nullable Backplane backplane) {

	ConnectionInfo describe(DefaultConnection connection) {
		return new ConnectionInfo(connection.getId(), this.id, connection.getUser(), connection.getGroups(),
				connection.getRemoteAddress(), connection.getOpenedAt());
	}

	NodeInfo describe(int connections) {
		Instant since = Instant.ofEpochMilli(this.application.getStartupDate());
		return new NodeInfo(this.id, true, since, connections, Duration.ZERO);
	}

}

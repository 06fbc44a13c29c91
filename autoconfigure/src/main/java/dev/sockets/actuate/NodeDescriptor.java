package dev.sockets.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

/**
 * A node that has a server.
 *
 * @param id its id
 * @param here whether it is this one
 * @param since when it was started
 * @param connections how many connections the server has there
 * @param silentFor how long nothing was heard of it
 */
public record NodeDescriptor(String id, boolean here, Instant since, int connections, Duration silentFor) {

	static List<NodeDescriptor> of(SocketEndpoint endpoint) {
		return (endpoint instanceof TcpServer server)
				? server.presence().nodes().stream().map(NodeDescriptor::of).toList() : List.of();
	}

	private static NodeDescriptor of(NodeInfo node) {
		return new NodeDescriptor(node.id(), node.here(), node.since(), node.connections(), node.silentFor());
	}

}

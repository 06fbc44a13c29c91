package dev.sockets.event;

import java.util.List;

import dev.sockets.EventKind;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

/**
 * Another node has the server of this name no longer, as far as this one knows.
 */
public final class NodeLeftEvent extends NodeEvent {

	private static final long serialVersionUID = 1L;

	private final NodeLeftReason reason;

	private final transient List<ConnectionInfo> connections;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param node the other node
	 * @param reason why
	 * @param connections its connections, as far as they were known
	 */
	public NodeLeftEvent(TcpServer source, NodeInfo node, NodeLeftReason reason, List<ConnectionInfo> connections) {
		super(source, node);
		this.reason = reason;
		this.connections = List.copyOf(connections);
	}

	/**
	 * Returns why it has gone.
	 * @return the reason
	 */
	public NodeLeftReason getReason() {
		return this.reason;
	}

	/**
	 * Returns the connections that have gone with it.
	 * @return what was known of them; none when presence is switched off
	 */
	public List<ConnectionInfo> getConnections() {
		return this.connections;
	}

	@Override
	public EventKind getKind() {
		return EventKind.NODE_LEFT;
	}

}

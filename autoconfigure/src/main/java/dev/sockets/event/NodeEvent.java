package dev.sockets.event;

import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

/**
 * Another node has the server of this name, or has it no longer. Those of one node come
 * in their order: it is there before the members of groups that it has, and has gone
 * after them.
 */
public abstract sealed class NodeEvent extends SocketEvent permits NodeJoinedEvent, NodeLeftEvent {

	private static final long serialVersionUID = 1L;

	private final transient NodeInfo node;

	NodeEvent(TcpServer source, NodeInfo node) {
		super(source);
		this.node = node;
	}

	@Override
	public TcpServer getSource() {
		return (TcpServer) super.getSource();
	}

	/**
	 * Returns the node.
	 * @return what it has said last
	 */
	public NodeInfo getNode() {
		return this.node;
	}

}

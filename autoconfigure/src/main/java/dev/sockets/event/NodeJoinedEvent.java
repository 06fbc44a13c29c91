package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.TcpServer;

/**
 * Another node has the server of this name, too. Its connections may be known a little
 * later.
 */
public final class NodeJoinedEvent extends NodeEvent {

	private static final long serialVersionUID = 1L;

	private final boolean sameFormat;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param node the other node
	 * @param sameFormat whether its messages look as those of this node
	 */
	public NodeJoinedEvent(TcpServer source, NodeInfo node, boolean sameFormat) {
		super(source, node);
		this.sameFormat = sameFormat;
	}

	/**
	 * Returns whether messages go from one of the two nodes to connections of the other.
	 * @return {@code false} when their servers differ in framing or codec
	 */
	public boolean isSameFormat() {
		return this.sameFormat;
	}

	@Override
	public EventKind getKind() {
		return EventKind.NODE_JOINED;
	}

}

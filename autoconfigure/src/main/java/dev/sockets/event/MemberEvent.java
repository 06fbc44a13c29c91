package dev.sockets.event;

import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.TcpServer;

/**
 * A connection has joined or left a group of its server. Those of one connection come in
 * their order.
 */
public abstract sealed class MemberEvent extends SocketEvent permits MemberJoinedEvent, MemberLeftEvent {

	private static final long serialVersionUID = 1L;

	private final String group;

	private final transient ConnectionInfo member;

	private final boolean here;

	MemberEvent(TcpServer source, String group, ConnectionInfo member, boolean here) {
		super(source);
		this.group = group;
		this.member = member;
		this.here = here;
	}

	@Override
	public TcpServer getSource() {
		return (TcpServer) super.getSource();
	}

	/**
	 * Returns the group.
	 * @return its name
	 */
	public String getGroup() {
		return this.group;
	}

	/**
	 * Returns the connection.
	 * @return what was known of it after it had joined or left
	 */
	public ConnectionInfo getMember() {
		return this.member;
	}

	/**
	 * Returns whether the connection is one of this node.
	 * @return whether {@link TcpServer#findConnection(String)} finds it while it is open
	 */
	public boolean isHere() {
		return this.here;
	}

}

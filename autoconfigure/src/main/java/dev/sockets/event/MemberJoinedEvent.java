package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.TcpServer;

/**
 * A connection has joined a group of its server.
 */
public final class MemberJoinedEvent extends MemberEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param group the group's name
	 * @param member the connection
	 * @param here whether it is one of this node
	 */
	public MemberJoinedEvent(TcpServer source, String group, ConnectionInfo member, boolean here) {
		super(source, group, member, here);
	}

	@Override
	public EventKind getKind() {
		return EventKind.MEMBER_JOINED;
	}

}

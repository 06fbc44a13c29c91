package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.tcp.TcpServer;

/**
 * The first connection of a user is there.
 */
public final class UserOnlineEvent extends UserEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param user the user's name
	 */
	public UserOnlineEvent(TcpServer source, String user) {
		super(source, user);
	}

	@Override
	public EventKind getKind() {
		return EventKind.USER_ONLINE;
	}

}

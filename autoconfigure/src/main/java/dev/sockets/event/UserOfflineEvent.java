package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.tcp.TcpServer;

/**
 * The last connection of a user has ended, or is another user's now.
 */
public final class UserOfflineEvent extends UserEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param user the user's name
	 */
	public UserOfflineEvent(TcpServer source, String user) {
		super(source, user);
	}

	@Override
	public EventKind getKind() {
		return EventKind.USER_OFFLINE;
	}

}

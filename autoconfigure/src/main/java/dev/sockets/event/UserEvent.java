package dev.sockets.event;

import dev.sockets.tcp.TcpServer;

/**
 * A user of a server is there, or has gone. Those of one user come in their order.
 */
public abstract sealed class UserEvent extends SocketEvent permits UserOnlineEvent, UserOfflineEvent {

	private static final long serialVersionUID = 1L;

	private final String user;

	UserEvent(TcpServer source, String user) {
		super(source);
		this.user = user;
	}

	@Override
	public TcpServer getSource() {
		return (TcpServer) super.getSource();
	}

	/**
	 * Returns the user.
	 * @return the name, see {@link TcpServer#user(String)}
	 */
	public String getUser() {
		return this.user;
	}

}

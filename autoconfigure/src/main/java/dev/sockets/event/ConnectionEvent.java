package dev.sockets.event;

import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Connection;

/**
 * Something happened on a connection. The events of one connection come one at a time, in
 * order: connected, then what was received, then disconnected.
 */
public abstract sealed class ConnectionEvent extends SocketEvent
		permits ConnectedEvent, DisconnectedEvent, ServerOccupiedEvent {

	private static final long serialVersionUID = 1L;

	private final transient Connection connection;

	ConnectionEvent(SocketEndpoint source, Connection connection) {
		super(source);
		this.connection = connection;
	}

	/**
	 * Returns the connection.
	 * @return the connection
	 */
	public Connection getConnection() {
		return this.connection;
	}

}

package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Connection;

/**
 * A client's server has said that it is full: its first message was the configured busy
 * message. The connection is closed, and the client tries again later.
 */
public final class ServerOccupiedEvent extends ConnectionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the client
	 * @param connection the connection
	 */
	public ServerOccupiedEvent(SocketEndpoint source, Connection connection) {
		super(source, connection);
	}

	@Override
	public EventKind getKind() {
		return EventKind.OCCUPIED;
	}

}

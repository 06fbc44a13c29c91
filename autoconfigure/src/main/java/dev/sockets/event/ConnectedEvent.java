package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Connection;

/**
 * A connection was opened.
 */
public final class ConnectedEvent extends ConnectionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param connection the connection
	 */
	public ConnectedEvent(SocketEndpoint source, Connection connection) {
		super(source, connection);
	}

	@Override
	public EventKind getKind() {
		return EventKind.CONNECTED;
	}

}

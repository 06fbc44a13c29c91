package dev.sockets.event;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Connection;

/**
 * A connection was closed.
 */
public final class DisconnectedEvent extends ConnectionEvent {

	private static final long serialVersionUID = 1L;

	private final DisconnectReason reason;

	private final transient @Nullable Throwable cause;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param connection the connection
	 * @param reason the reason
	 * @param cause the cause, if it was closed by a fault
	 */
	public DisconnectedEvent(SocketEndpoint source, Connection connection, DisconnectReason reason,
			@Nullable Throwable cause) {
		super(source, connection);
		this.reason = reason;
		this.cause = cause;
	}

	/**
	 * Returns why it was closed.
	 * @return the reason
	 */
	public DisconnectReason getReason() {
		return this.reason;
	}

	/**
	 * Returns what led to it; {@code null} for an orderly end.
	 * @return the cause, if it was closed by a fault
	 */
	public @Nullable Throwable getCause() {
		return this.cause;
	}

	@Override
	public EventKind getKind() {
		return EventKind.DISCONNECTED;
	}

}

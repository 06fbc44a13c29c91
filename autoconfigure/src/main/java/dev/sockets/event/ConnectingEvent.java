package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * A client starts to connect.
 */
public final class ConnectingEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final int attempt;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param attempt the attempt, counted from 1
	 */
	public ConnectingEvent(SocketEndpoint source, int attempt) {
		super(source);
		this.attempt = attempt;
	}

	/**
	 * Returns how many attempts this is since it was connected last.
	 * @return the attempt, counted from 1
	 */
	public int getAttempt() {
		return this.attempt;
	}

	@Override
	public EventKind getKind() {
		return EventKind.CONNECTING;
	}

}

package dev.sockets.event;

import dev.sockets.SocketEndpoint;

/**
 * A client could not connect.
 */
public final class ConnectionFailedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final int attempt;

	private final transient Throwable cause;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param attempt the attempt, counted from 1
	 * @param cause the cause
	 */
	public ConnectionFailedEvent(SocketEndpoint source, int attempt, Throwable cause) {
		super(source);
		this.attempt = attempt;
		this.cause = cause;
	}

	/**
	 * Returns how many attempts this was since it was connected last.
	 * @return the attempt, counted from 1
	 */
	public int getAttempt() {
		return this.attempt;
	}

	/**
	 * Returns why it failed.
	 * @return the cause
	 */
	public Throwable getCause() {
		return this.cause;
	}

}

package dev.sockets.event;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;

/**
 * A client could not connect.
 */
public final class ConnectionFailedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final int attempt;

	private final transient Throwable cause;

	private final transient @Nullable Duration delay;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param attempt the attempt, counted from 1
	 * @param cause the cause
	 * @param delay the delay until the next attempt, if there is one
	 */
	public ConnectionFailedEvent(SocketEndpoint source, int attempt, Throwable cause, @Nullable Duration delay) {
		super(source);
		this.attempt = attempt;
		this.cause = cause;
		this.delay = delay;
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

	/**
	 * Returns when the next attempt will be made.
	 * @return the delay until then; {@code null} when none will be made by itself
	 */
	public @Nullable Duration getDelay() {
		return this.delay;
	}

	@Override
	public EventKind getKind() {
		return EventKind.CONNECTION_FAILED;
	}

}

package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.tcp.TcpServer;

/**
 * This node cannot reach or does not hear any other one: its server serves its own
 * connections only until {@link BackplaneRecoveredEvent}.
 */
public final class BackplaneLostEvent extends BackplaneEvent {

	private static final long serialVersionUID = 1L;

	private final Throwable cause;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param cause why
	 */
	public BackplaneLostEvent(TcpServer source, Throwable cause) {
		super(source);
		this.cause = cause;
	}

	/**
	 * Returns why.
	 * @return the cause
	 */
	public Throwable getCause() {
		return this.cause;
	}

	@Override
	public EventKind getKind() {
		return EventKind.BACKPLANE_LOST;
	}

}

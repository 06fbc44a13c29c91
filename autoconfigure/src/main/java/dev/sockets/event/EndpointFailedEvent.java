package dev.sockets.event;

import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;

/**
 * An endpoint cannot do its work: it could not bind its port, or cannot accept.
 */
public final class EndpointFailedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final SocketErrorCode code;

	private final transient Throwable cause;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param code the kind of failure
	 * @param cause the cause
	 */
	public EndpointFailedEvent(SocketEndpoint source, SocketErrorCode code, Throwable cause) {
		super(source);
		this.code = code;
		this.cause = cause;
	}

	/**
	 * Returns what kind of failure it is.
	 * @return the kind of failure
	 */
	public SocketErrorCode getCode() {
		return this.code;
	}

	/**
	 * Returns what led to it.
	 * @return the cause
	 */
	public Throwable getCause() {
		return this.cause;
	}

}

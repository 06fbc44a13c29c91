package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;

/**
 * An endpoint cannot do its work (it could not bind its port, or cannot accept), or can
 * do it again.
 */
public final class EndpointFailedEvent extends SocketEvent {

	private static final long serialVersionUID = 1L;

	private final SocketErrorCode code;

	private final transient Throwable cause;

	private final boolean recovered;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param code the kind of failure
	 * @param cause the cause
	 * @param recovered whether the failure is over
	 */
	public EndpointFailedEvent(SocketEndpoint source, SocketErrorCode code, Throwable cause, boolean recovered) {
		super(source);
		this.code = code;
		this.cause = cause;
		this.recovered = recovered;
	}

	/**
	 * Returns what kind of failure it is.
	 * @return the kind of failure
	 */
	public SocketErrorCode getCode() {
		return this.code;
	}

	/**
	 * Returns whether the endpoint can do its work again after that failure.
	 * @return {@code false} when it has just begun, {@code true} when it is over
	 */
	public boolean isRecovered() {
		return this.recovered;
	}

	/**
	 * Returns what led to it.
	 * @return the cause
	 */
	public Throwable getCause() {
		return this.cause;
	}

	@Override
	public EventKind getKind() {
		return EventKind.FAILED;
	}

}

package dev.sockets.event;

import dev.sockets.EventKind;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Received bytes were no frame or no payload, or more than allowed, or a handler of a
 * message threw.
 */
public final class MessageErrorEvent extends MessageEvent {

	private static final long serialVersionUID = 1L;

	private final SocketOperationException cause;

	private final String firstBytes;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param peer whom it came from
	 * @param cause what is wrong; its cause is the codec's or the handler's exception
	 * @param firstBytes the first bytes in hexadecimal; empty when a handler threw
	 */
	public MessageErrorEvent(SocketEndpoint source, MessagePeer peer, SocketOperationException cause,
			String firstBytes) {
		super(source, peer);
		this.cause = cause;
		this.firstBytes = firstBytes;
	}

	/**
	 * Returns what is wrong.
	 * @return the exception; its cause is the codec's or the handler's own
	 */
	public SocketOperationException getCause() {
		return this.cause;
	}

	/**
	 * Returns the kind of error.
	 * @return the code
	 */
	public SocketErrorCode getCode() {
		return this.cause.getCode();
	}

	/**
	 * Returns how the bytes began that could not be understood.
	 * @return up to 16 bytes in hexadecimal; empty when a handler threw
	 */
	public String getFirstBytes() {
		return this.firstBytes;
	}

	@Override
	public EventKind getKind() {
		return EventKind.ERROR;
	}

}

package dev.sockets.event;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Received bytes were no frame or no payload, or more than allowed, or a frame was not
 * finished, or a handler of a message threw.
 */
public final class MessageErrorEvent extends MessageEvent {

	private static final long serialVersionUID = 1L;

	private final SocketOperationException cause;

	private final transient @Nullable Object payload;

	private final String firstBytes;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param peer whom it came from
	 * @param cause what is wrong; its cause is the codec's or the handler's exception
	 * @param payload what was received; {@code null} when it could not be decoded, or is
	 * not known any more
	 * @param firstBytes the first bytes in hexadecimal; empty when they are not known
	 */
	public MessageErrorEvent(SocketEndpoint source, MessagePeer peer, SocketOperationException cause,
			@Nullable Object payload, String firstBytes) {
		super(source, peer);
		this.cause = cause;
		this.payload = payload;
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
	 * Returns the message that a handler has failed on.
	 * @return its payload, {@code Optional.empty()} in place of null; {@code null} when
	 * it could not be decoded, and when a handler has returned a future that failed
	 * later: its message is not kept for that
	 */
	public @Nullable Object getPayload() {
		return this.payload;
	}

	/**
	 * Returns how the message begins.
	 * @return up to 16 bytes in hexadecimal: of what was received, or of what the codec
	 * makes of a payload that a handler has failed on; empty when they are not known
	 */
	public String getFirstBytes() {
		return this.firstBytes;
	}

	@Override
	public EventKind getKind() {
		return EventKind.ERROR;
	}

}

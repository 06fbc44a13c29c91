package dev.sockets.event;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

import dev.sockets.EventKind;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * A message was not sent.
 *
 * @param <T> class of the payload
 */
public final class SendFailedEvent<T> extends MessageEvent implements ResolvableTypeProvider {

	private static final long serialVersionUID = 1L;

	private static final PayloadTypes TYPES = new PayloadTypes(SendFailedEvent.class);

	private final transient T payload;

	private final SocketOperationException cause;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param peer whom it was for
	 * @param payload what was to be sent
	 * @param cause why it was not
	 */
	public SendFailedEvent(SocketEndpoint source, MessagePeer peer, T payload, SocketOperationException cause) {
		super(source, peer);
		this.payload = payload;
		this.cause = cause;
	}

	/**
	 * Returns what was to be sent.
	 * @return the payload as it was given
	 */
	public T getPayload() {
		return this.payload;
	}

	/**
	 * Returns why it was not sent.
	 * @return the exception that the sender was given too
	 */
	public SocketOperationException getCause() {
		return this.cause;
	}

	/**
	 * Returns the kind of failure.
	 * @return the code
	 */
	public SocketErrorCode getCode() {
		return this.cause.getCode();
	}

	@Override
	public ResolvableType getResolvableType() {
		return TYPES.of(this.payload.getClass());
	}

	@Override
	public EventKind getKind() {
		return EventKind.SEND_FAILED;
	}

}

package dev.sockets.event;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

import dev.sockets.EventKind;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;

/**
 * A message was written to its socket.
 *
 * @param <T> class of the payload
 */
public final class MessageSentEvent<T> extends MessageEvent implements ResolvableTypeProvider {

	private static final long serialVersionUID = 1L;

	private static final PayloadTypes TYPES = new PayloadTypes(MessageSentEvent.class);

	private final transient T payload;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param peer whom it was sent to
	 * @param payload what was sent
	 */
	public MessageSentEvent(SocketEndpoint source, MessagePeer peer, T payload) {
		super(source, peer);
		this.payload = payload;
	}

	/**
	 * Returns what was sent.
	 * @return the payload as it was given
	 */
	public T getPayload() {
		return this.payload;
	}

	@Override
	public ResolvableType getResolvableType() {
		return TYPES.of(this.payload.getClass());
	}

	@Override
	public EventKind getKind() {
		return EventKind.SENT;
	}

}

package dev.sockets.event;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Connection;

/**
 * A message was written to its socket.
 *
 * @param <T> class of the payload
 */
public final class MessageSentEvent<T> extends ConnectionEvent implements ResolvableTypeProvider {

	private static final long serialVersionUID = 1L;

	private static final PayloadTypes TYPES = new PayloadTypes(MessageSentEvent.class);

	private final transient T payload;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param connection the connection
	 * @param payload what was sent
	 */
	public MessageSentEvent(SocketEndpoint source, Connection connection, T payload) {
		super(source, connection);
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
		return TYPES.get(this.payload.getClass());
	}

}

package dev.sockets.event;

import java.net.InetSocketAddress;
import java.time.Clock;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

import dev.sockets.EventKind;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;

/**
 * A message was received. A listener for {@code MessageReceivedEvent<Order>} gets only
 * messages whose payload is an {@code Order}; one for {@code MessageReceivedEvent<?>}
 * gets all. As everywhere in Spring the class has to be the same, so
 * {@code MessageReceivedEvent<Object>} gets none of these: write
 * {@code MessageReceivedEvent<? extends Message>} for the classes below {@code Message}.
 * Maps and lists of the JDK count as {@code Map<String, Object>} and
 * {@code List<Object>}. The time stamp is exact to a few milliseconds.
 *
 * @param <T> class of the payload
 */
public final class MessageReceivedEvent<T> extends MessageEvent implements ResolvableTypeProvider {

	private static final long serialVersionUID = 1L;

	private static final PayloadTypes TYPES = new PayloadTypes(MessageReceivedEvent.class);

	private final transient T payload;

	/** Asked for several times by those who publish. */
	private transient @Nullable ResolvableType type;

	/**
	 * Creates an event.
	 * @param source the endpoint
	 * @param peer whom it came from
	 * @param payload what was received
	 * @param clock tells the time stamp
	 */
	public MessageReceivedEvent(SocketEndpoint source, MessagePeer peer, T payload, Clock clock) {
		super(source, peer, clock);
		this.payload = payload;
	}

	/**
	 * Returns what was received.
	 * @return the payload, decoded by the endpoint's codec; {@code Optional.empty()} in
	 * place of null
	 */
	public T getPayload() {
		return this.payload;
	}

	/**
	 * Returns who sent the message.
	 * @return the sender's address; the same as {@link #getRemoteAddress()}
	 */
	public InetSocketAddress getSender() {
		return getRemoteAddress();
	}

	/**
	 * Sends a message back, as {@link MessagePeer#send(Object)} does: over the same
	 * connection, or by unicast to the sender of a datagram.
	 * @param payload what to send
	 * @throws dev.sockets.SocketOperationException when it is not sent
	 */
	public void reply(@Nullable Object payload) {
		getPeer().send(payload);
	}

	@Override
	public ResolvableType getResolvableType() {
		ResolvableType type = this.type;
		if (type == null) {
			type = TYPES.of(this.payload.getClass());
			this.type = type;
		}
		return type;
	}

	@Override
	public EventKind getKind() {
		return EventKind.RECEIVED;
	}

}

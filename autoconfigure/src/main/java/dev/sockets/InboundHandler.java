package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one endpoint, more directly than a listener for
 * {@code MessageReceivedEvent}, which is told afterwards. Called like one: the messages
 * of a connection, or of a multicast receiver, one at a time and in order; those of a
 * connection on the threads that {@code dispatch} says.
 *
 * @param <P> whom messages come from: a connection, or the sender of a datagram
 */
@FunctionalInterface
public interface InboundHandler<P extends MessagePeer> {

	/**
	 * Handles a message.
	 * @param peer whom it came from
	 * @param payload its payload, decoded by the endpoint's codec;
	 * {@code Optional.empty()} in place of null
	 * @return the reply, which a datagram's sender gets by unicast; {@code null} for
	 * none, {@code Optional.empty()} for null, where the codec has that; a
	 * {@link java.util.concurrent.CompletionStage} of it is sent when it is there
	 * @throws Exception when the message cannot be handled; treated like what a listener
	 * throws
	 */
	@Nullable Object handle(P peer, Object payload) throws Exception;

}

package dev.sockets.multicast;

import org.jspecify.annotations.Nullable;

import dev.sockets.MessagePeer;

/**
 * Handles the messages of a multicast receiver, one at a time.
 */
@FunctionalInterface
public interface DatagramHandler {

	/**
	 * Handles a message.
	 * @param sender who sent it
	 * @param payload its payload
	 * @return what to send back by unicast, now or, as a
	 * {@link java.util.concurrent.CompletionStage}, later; {@code null} for nothing
	 * @throws Exception leads to a {@code MessageErrorEvent}
	 */
	@Nullable Object handle(MessagePeer sender, Object payload) throws Exception;

}

package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one endpoint, more directly than a listener for
 * {@code MessageReceivedEvent}, which is told afterwards. Called like one: the messages
 * of a connection one at a time and in order, on the threads that {@code dispatch} says.
 */
@FunctionalInterface
public interface MessageHandler {

	/**
	 * Handles a message.
	 * @param connection the connection it came from
	 * @param payload its payload, decoded by the endpoint's codec;
	 * {@code Optional.empty()} in place of null
	 * @return the reply; {@code null} for none, {@code Optional.empty()} for null, where
	 * the codec has that; a {@link java.util.concurrent.CompletionStage} of it is sent
	 * when it is there
	 * @throws Exception when the message cannot be handled; treated like what a listener
	 * throws
	 */
	@Nullable Object handle(Connection connection, Object payload) throws Exception;

}

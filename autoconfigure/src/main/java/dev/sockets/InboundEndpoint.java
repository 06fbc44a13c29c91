package dev.sockets;

/**
 * An endpoint that receives messages, and has handlers handle them. Handlers may be added
 * and removed at any time, from any thread.
 *
 * @param <P> whom messages come from: a connection, or the sender of a datagram
 */
public interface InboundEndpoint<P extends MessagePeer> extends SocketEndpoint {

	/**
	 * Adds a handler of the messages that arrive from now on; handlers are called in the
	 * order in which they were added, before the event is published.
	 * @param handler the handler
	 */
	void addHandler(InboundHandler<? super P> handler);

	/**
	 * Adds the handler of the messages with a value where {@code route-by} looks. They go
	 * to it alone; all others go to the handlers that were {@linkplain #addHandler added}
	 * without a value.
	 * @param value the value; a byte as 0 to 255, or 0x00 to 0xFF
	 * @param handler the handler
	 * @throws IllegalStateException when there is no {@code route-by}
	 * @throws IllegalArgumentException when there is a handler for that value, or it can
	 * be in no message
	 */
	void addRoute(String value, InboundHandler<? super P> handler);

	/**
	 * Removes the handler of the messages with a value, which go to the others from then
	 * on; a message that is being handled is not affected.
	 * @param value the value, however it was written
	 * @return whether there was one
	 * @throws IllegalStateException when there is no {@code route-by}
	 * @throws IllegalArgumentException when the value can be in no message
	 */
	boolean removeRoute(String value);

	/**
	 * Removes a handler; a message that is being handled is not affected.
	 * @param handler the handler, the very object that was added
	 * @return whether it was there
	 */
	boolean removeHandler(InboundHandler<? super P> handler);

}

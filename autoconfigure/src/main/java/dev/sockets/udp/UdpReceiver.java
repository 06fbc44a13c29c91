package dev.sockets.udp;

import java.net.InetSocketAddress;

import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;

/**
 * Receives the datagrams that are sent to its port, also those to a broadcast address,
 * each one as a message. Usable from any thread.
 *
 * <p>
 * Messages are handled one at a time, in the order in which they arrived. Handlers that
 * don't keep up let datagrams wait in a bounded queue; what it has no room for is dropped
 * and counted. Nothing is ever sent but what a handler sends: a reply goes from this port
 * to whoever sent the datagram.
 */
public interface UdpReceiver extends SocketEndpoint {

	/**
	 * Returns where it receives.
	 * @return the address that it is bound to: the wildcard address when it receives on
	 * all, and the port
	 * @throws IllegalStateException when it isn't running
	 */
	InetSocketAddress getLocalAddress();

	/**
	 * Adds a handler of the messages that arrive from now on; handlers are called in the
	 * order in which they were added, before the event is published.
	 * @param handler the handler
	 */
	void addHandler(InboundHandler<? super MessagePeer> handler);

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
	void addRoute(String value, InboundHandler<? super MessagePeer> handler);

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
	boolean removeHandler(InboundHandler<? super MessagePeer> handler);

}

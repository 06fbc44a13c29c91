package dev.sockets.multicast;

import java.net.InetSocketAddress;
import java.util.List;

import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;

/**
 * Receives the datagrams of multicast groups, each one as a message. What is sent to the
 * port itself, by IPv4 unicast, is received too. Usable from any thread.
 *
 * <p>
 * Messages are handled one at a time, in the order in which they arrived from each group.
 * Handlers that don't keep up let datagrams wait in a bounded queue; what it has no room
 * for is dropped and counted. Nothing is ever sent but what a handler sends.
 */
public interface MulticastReceiver extends SocketEndpoint {

	/**
	 * Joins groups on all network interfaces of this receiver. A receiver that isn't
	 * running joins them when it starts. All of them are joined, or none. Listeners of
	 * the {@code GroupJoinedEvent} have been told when this returns, unless they take
	 * more than a second.
	 * @param groups addresses of groups
	 * @throws dev.sockets.SocketOperationException with code
	 * {@code INVALID_MULTICAST_ADDRESS}; {@code ADDRESS_EXISTS} when one is joined
	 * already; {@code JOIN_FAILED} when the network doesn't allow it
	 */
	void join(String... groups);

	/**
	 * Leaves groups. Listeners of the {@code GroupLeftEvent} have been told when this
	 * returns, unless they take more than a second.
	 * @param groups addresses of groups
	 * @throws dev.sockets.SocketOperationException with code
	 * {@code INVALID_MULTICAST_ADDRESS}, or {@code ADDRESS_NOT_FOUND} when one isn't
	 * joined; none is left then
	 */
	void leave(String... groups);

	/**
	 * Returns the groups, also those that are joined at the next start.
	 * @return a snapshot, in the order in which they were joined
	 */
	List<String> getGroups();

	/**
	 * Returns where it receives.
	 * @return the port, and the wildcard address
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
	 * Removes a handler; a message that is being handled is not affected.
	 * @param handler the handler, the very object that was added
	 * @return whether it was there
	 */
	boolean removeHandler(InboundHandler<? super MessagePeer> handler);

}

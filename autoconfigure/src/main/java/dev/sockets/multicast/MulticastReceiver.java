package dev.sockets.multicast;

import java.util.List;

import dev.sockets.udp.UdpReceiver;

/**
 * Receives the datagrams of multicast groups, each one as a message. What is sent to the
 * port itself, by IPv4 unicast, is received too. Usable from any thread.
 *
 * <p>
 * Messages are handled one at a time, in the order in which they arrived from each group.
 * Handlers that don't keep up let datagrams wait in a bounded queue; what it has no room
 * for is dropped and counted. Nothing is ever sent but what a handler sends.
 */
public interface MulticastReceiver extends UdpReceiver {

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

}

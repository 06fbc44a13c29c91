package dev.sockets.udp;

import java.net.InetSocketAddress;

import dev.sockets.InboundEndpoint;
import dev.sockets.MessagePeer;

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
public interface UdpReceiver extends InboundEndpoint<MessagePeer> {

	/**
	 * Returns where it receives.
	 * @return the address that it is bound to: the wildcard address when it receives on
	 * all, and the port
	 * @throws IllegalStateException when it isn't running
	 */
	InetSocketAddress getLocalAddress();

}

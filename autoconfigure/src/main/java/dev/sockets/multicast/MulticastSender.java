package dev.sockets.multicast;

import dev.sockets.udp.UdpSender;

/**
 * Sends messages to multicast groups, each one as a datagram. Requests are answered by
 * unicast. Usable from any thread.
 */
public interface MulticastSender extends UdpSender {

}

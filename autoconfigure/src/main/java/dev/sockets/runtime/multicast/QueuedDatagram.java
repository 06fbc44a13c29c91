package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;

/**
 * A datagram that waits for handlers.
 *
 * @param socket the socket it came to
 * @param bytes its bytes; only the first ones of one that is too long
 * @param length how many bytes were read
 * @param sender who sent it
 */
record QueuedDatagram(GroupMembership socket, byte[] bytes, int length, InetSocketAddress sender) {

}

package dev.sockets;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Whom a message came from, or went to: a TCP connection, the sender of a datagram, or a
 * multicast group.
 */
public interface MessagePeer {

	/**
	 * Returns the peer's address.
	 * @return the address
	 */
	InetSocketAddress getRemoteAddress();

	/**
	 * Returns the multicast group of the message.
	 * @return the group and its port; {@code null} for a TCP connection, and for a
	 * datagram that was sent to one receiver only
	 */
	default @Nullable InetSocketAddress getGroup() {
		return null;
	}

	/**
	 * Sends a message to the peer; a datagram's sender gets it by unicast.
	 * @param payload what to send; {@code null}, or {@code Optional.empty()}, is a
	 * message to codecs that have one
	 * @throws SocketOperationException when it is not sent
	 */
	void send(@Nullable Object payload);

}

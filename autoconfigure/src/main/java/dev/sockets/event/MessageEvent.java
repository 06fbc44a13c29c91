package dev.sockets.event;

import java.net.InetSocketAddress;
import java.time.Clock;

import org.jspecify.annotations.Nullable;

import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.tcp.Connection;

/**
 * Something happened to a message.
 */
public abstract sealed class MessageEvent extends SocketEvent
		permits MessageReceivedEvent, MessageSentEvent, SendFailedEvent, MessageErrorEvent {

	private static final long serialVersionUID = 1L;

	private final transient MessagePeer peer;

	MessageEvent(SocketEndpoint source, MessagePeer peer) {
		super(source);
		this.peer = peer;
	}

	MessageEvent(SocketEndpoint source, MessagePeer peer, Clock clock) {
		super(source, clock);
		this.peer = peer;
	}

	/**
	 * Returns the other side of the message.
	 * @return a {@link Connection} on TCP endpoints
	 */
	public MessagePeer getPeer() {
		return this.peer;
	}

	/**
	 * Returns the address of the other side: whom the message came from or was for.
	 * @return the address
	 */
	public InetSocketAddress getRemoteAddress() {
		return this.peer.getRemoteAddress();
	}

	/**
	 * Returns the connection of the message.
	 * @return the connection
	 * @throws IllegalStateException on multicast endpoints, which have none
	 */
	public Connection getConnection() {
		if (this.peer instanceof Connection connection) {
			return connection;
		}
		throw new IllegalStateException(
				"'" + getEndpoint() + "' has no connections: ask for getRemoteAddress() and getGroup()");
	}

	/**
	 * Returns the multicast group of the message.
	 * @return the group and its port; {@code null} on TCP endpoints, and for a datagram
	 * that was sent to one receiver only
	 */
	public @Nullable InetSocketAddress getGroup() {
		return this.peer.getGroup();
	}

}

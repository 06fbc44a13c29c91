package dev.sockets.rpc;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

import dev.sockets.MessagePeer;

/**
 * The connection of a request, as its handler sees it. Each is a
 * {@code dev.sockets.tcp.Connection}. Usable from any thread.
 */
public interface RpcConnection extends MessagePeer {

	/**
	 * Returns the id, unique among all connections of all instances of the application.
	 * @return the node's id, a dash and a sequence number
	 */
	String getId();

	/**
	 * Returns the name of the endpoint the connection belongs to.
	 * @return the endpoint's name
	 */
	String getEndpoint();

	/**
	 * Returns this side's address.
	 * @return the address, also after the connection was closed
	 */
	InetSocketAddress getLocalAddress();

	/**
	 * Returns whether messages can be sent.
	 * @return {@code false} as soon as either side has begun to close
	 */
	boolean isOpen();

	/**
	 * Returns what the application attached to this connection.
	 * @return a concurrent, modifiable map
	 */
	Map<String, Object> getAttributes();

	/**
	 * Returns the peer as one that executes what is bound to its opcodes, and whose
	 * requests are answered by what is bound here or on the endpoint. What is bound here
	 * wins.
	 * @return the peer, always the same
	 * @throws IllegalStateException when the endpoint has no {@code rpc}
	 */
	RpcPeer rpc();

	/**
	 * Returns what the peer calls itself. A server that talks to programs which use
	 * TCPTalks asks each client for it, mostly before the connection is told of; other
	 * connections have none.
	 * @return the identity, up to 64 characters, not known to be true; empty when the
	 * peer has not told
	 */
	Optional<String> getPeerId();

	/**
	 * Closes the connection after what was sent before has been written, at the latest
	 * after the write deadline. Returns at once; messages not yet delivered are dropped.
	 */
	void close();

}

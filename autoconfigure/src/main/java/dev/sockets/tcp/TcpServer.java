package dev.sockets.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.messaging.MessageHandler;

import dev.sockets.InboundEndpoint;
import dev.sockets.SocketEndpoint;
import dev.sockets.rpc.RpcPeer;

/**
 * A TCP server. {@link #start()} binds the port before it returns, or throws.
 */
public interface TcpServer extends InboundEndpoint<Connection> {

	/**
	 * Returns the address the server listens on.
	 * @return the bound address, with the real port when 0 was configured
	 * @throws IllegalStateException when the server is not running
	 */
	InetSocketAddress getLocalAddress();

	/**
	 * Returns all addresses that the server listens on, when it has several ports.
	 * Connections tell which one they came to, see {@link Connection#getLocalAddress()}.
	 * @return the bound addresses in the order of its ports, the first one of
	 * {@link #getLocalAddress()}
	 * @throws IllegalStateException when the server is not running
	 */
	List<InetSocketAddress> getLocalAddresses();

	/**
	 * Returns the open connections.
	 * @return a snapshot
	 */
	Collection<Connection> getConnections();

	/**
	 * Finds an open connection by its id.
	 * @param id the connection's id
	 * @return the connection, or empty when it isn't open
	 */
	Optional<Connection> findConnection(String id);

	/**
	 * Finds an open connection by its peer.
	 * @param remote the peer's address
	 * @return the connection, or empty when there is none
	 */
	Optional<Connection> findConnection(InetSocketAddress remote);

	/**
	 * Finds the open connection that was {@linkplain Connection#bind(String) bound} to a
	 * name; with {@code session.duplicate: allow} that which was bound last.
	 * @param name the name
	 * @return the connection, or empty when none is bound to it
	 */
	Optional<Connection> find(String name);

	/**
	 * Finds an open connection by what its peer calls itself. When several peers have the
	 * same identity, it is that of the one that has told last.
	 * @param peerId the peer's identity, see {@link Connection#getPeerId()}
	 * @return the connection, or empty when there is none, or it is not open any more
	 */
	Optional<Connection> findConnectionByPeerId(String peerId);

	/**
	 * Takes no connections until {@link #resume()}; those that are open stay. New ones
	 * are turned away or wait, as {@code when-full} says.
	 */
	void pause();

	/**
	 * Takes connections again after {@link #pause()}.
	 */
	void resume();

	/**
	 * Returns whether the server takes connections.
	 * @return {@code false} while it is paused, stopped, or cannot accept
	 */
	boolean isAccepting();

	/**
	 * Changes how many connections may be open at a time, from the next one on; none is
	 * closed.
	 * @param max the number, at least 1
	 */
	void setMaxConnections(int max);

	/**
	 * Sends a message to all open connections. It is encoded once, and a slow peer holds
	 * up neither the caller nor the other peers.
	 * @param payload what to send
	 * @return how many connections it was queued to
	 * @throws dev.sockets.SocketOperationException when it cannot be encoded
	 */
	int broadcast(@Nullable Object payload);

	/**
	 * Returns all connections of this server.
	 * @return a view, for this call and each later one
	 */
	Audience all();

	/**
	 * Returns a group of connections, which need not have members.
	 * @param name its name, any text of 1 to 255 bytes of UTF-8
	 * @return a view
	 * @throws IllegalArgumentException when that can be no name
	 */
	Group group(String name);

	/**
	 * Returns the connections of a user: those {@linkplain Connection#bind(String) bound}
	 * to a name, and those not bound whose {@linkplain Connection#getPrincipal()
	 * principal} has it.
	 * @param name the user's name, any text of 1 to 255 bytes of UTF-8
	 * @return a view; it has no members while the user is not connected
	 * @throws IllegalArgumentException when that can be no name
	 */
	Audience user(String name);

	/**
	 * Returns one connection as an audience, wherever its peer is connected.
	 * @param id the connection's id
	 * @return a view; it has no members when there is no such connection
	 */
	Audience connection(String id);

	/**
	 * Sends a message to one connection without waiting, wherever its peer is connected.
	 * @param connectionId the connection's id
	 * @param payload what to send
	 * @return completed when its node has given it to the socket, or exceptionally with a
	 * {@link dev.sockets.SocketOperationException} as of
	 * {@link Connection#sendAsync(Object)}, with code {@code NOT_CONNECTED} also when
	 * there is no such connection; its dependents may run on a loop thread
	 */
	CompletableFuture<Void> sendAsync(String connectionId, @Nullable Object payload);

	/**
	 * Closes one connection with reason {@code KICKED}, wherever its peer is connected.
	 * @param connectionId the connection's id
	 * @return completed with whether there is such a connection
	 */
	CompletableFuture<Boolean> kick(String connectionId);

	/**
	 * Returns who is connected.
	 * @return a view, for this call and each later one
	 */
	Presence presence();

	/**
	 * Returns the addresses from which no connections are taken for a while.
	 * @return a snapshot, the ban that ends first before the others
	 */
	List<Ban> getBans();

	/**
	 * Takes connections from an address again, and forgets what its peers have done.
	 * @param address the address, or any of its IPv6 network of 64 bits
	 * @return whether it was banned
	 */
	boolean liftBan(InetAddress address);

	/**
	 * Closes all open connections; the server goes on listening.
	 */
	void disconnectAll();

	/**
	 * Returns the peers of all connections as one: what is bound there answers the
	 * requests of each of them, also of those to come. It executes on the only
	 * connection; when there are several, execute on one of them.
	 * @return the peers, always the same
	 * @throws IllegalStateException when the server has no {@code rpc}
	 */
	RpcPeer rpc();

	/**
	 * Returns what sends messages of Spring Integration, each to the connection that its
	 * {@code IpHeaders.CONNECTION_ID} names.
	 * @return a handler that throws a {@code MessagingException} when there is no such
	 * connection, or it cannot be sent
	 */
	MessageHandler asMessageHandler();

	/**
	 * Returns this server as Spring Integration sees it, for adapters, gateways and
	 * flows. Starting and stopping it starts and stops this server.
	 * @return the connection factory, always the same
	 */
	AbstractServerConnectionFactory getConnectionFactory();

}

package dev.sockets.tcp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.messaging.MessageHandler;

import dev.sockets.InboundEndpoint;
import dev.sockets.SocketEndpoint;
import dev.sockets.rpc.RpcPeer;

/**
 * A TCP client: at most one connection to a peer.
 */
public interface TcpClient extends InboundEndpoint<Connection>, RequestOperations {

	/**
	 * Connects, and waits for it as long as the configured {@code connect-timeout}.
	 * Starts the client when it is not running.
	 * @return the open connection
	 * @throws dev.sockets.SocketOperationException with code {@code ALREADY_CONNECTED},
	 * {@code CONNECT_TIMEOUT}, {@code CONNECT_FAILED}, {@code SERVER_OCCUPIED}, or
	 * {@code NOT_CONNECTED} or {@code SHUTTING_DOWN} when the client is told to
	 * disconnect or stop meanwhile
	 */
	Connection connect();

	/**
	 * Connects to another peer than before, which is the client's from now on, also when
	 * it connects again by itself. An attempt to connect that is under way is given up.
	 * @param peer whom to connect to
	 * @return the open connection
	 * @throws dev.sockets.SocketOperationException as {@link #connect()}
	 */
	Connection connect(Peer peer);

	/**
	 * Connects with a deadline of its own.
	 * @param timeout how long to wait at most, beside the time for which the settings
	 * hold a new connection back
	 * @return the open connection
	 * @throws dev.sockets.SocketOperationException as {@link #connect()}
	 */
	Connection connect(Duration timeout);

	/**
	 * Closes the connection, if there is one, or gives up an attempt under way, and does
	 * not connect again until it is asked to.
	 */
	void disconnect();

	/**
	 * Closes the connection, if there is one, waits a second at most for the server to
	 * close it too, and connects again: at once, also while it waits for its next
	 * attempt, and delays start over.
	 * @return the new connection
	 * @throws dev.sockets.SocketOperationException with code {@code CONNECT_TIMEOUT} or
	 * {@code CONNECT_FAILED}, or as {@link #connect()}
	 */
	Connection reconnect();

	/**
	 * Returns whether the client has an open connection.
	 * @return whether it is connected
	 */
	boolean isConnected();

	/**
	 * Returns whether an attempt to connect is under way.
	 * @return whether it is connecting
	 */
	boolean isConnecting();

	/**
	 * Returns the open connection.
	 * @return the connection, or empty when there is none
	 */
	Optional<Connection> getConnection();

	/**
	 * Sends a message as {@link Connection#send(Object)} does.
	 * @param payload what to send
	 * @throws dev.sockets.SocketOperationException with code {@code NOT_CONNECTED} when
	 * there is no open connection, or as {@link Connection#send(Object)}
	 */
	void send(@Nullable Object payload);

	/**
	 * Sends a message without waiting, as {@link Connection#sendAsync(Object)} does.
	 * While there is no connection, but is to be one, the message waits for it if the
	 * client has a buffer for that with room.
	 * @param payload what to send
	 * @return completed when the socket has taken it, or exceptionally: with code
	 * {@code NOT_CONNECTED} when there is no connection and it cannot wait for one
	 */
	CompletableFuture<Void> sendAsync(@Nullable Object payload);

	/**
	 * Returns the peer of this connection and of those to come: what is bound there
	 * outlives them. It executes on the open connection.
	 * @return the peer, always the same
	 * @throws IllegalStateException when the client has no {@code rpc}
	 */
	RpcPeer rpc();

	/**
	 * Returns what sends messages of Spring Integration over the open connection. One
	 * with an {@code IpHeaders.CONNECTION_ID} is an answer, and is sent over that
	 * connection only.
	 * @return a handler that throws a {@code MessagingException} when there is no such
	 * connection, or it cannot be sent
	 */
	MessageHandler asMessageHandler();

	/**
	 * Returns this client as Spring Integration sees it, for adapters, gateways and
	 * flows. Starting and stopping it starts and stops this client.
	 * @return the connection factory, always the same
	 */
	AbstractClientConnectionFactory getConnectionFactory();

}

package dev.sockets.tcp;

import java.util.concurrent.CompletionStage;

/**
 * What both sides of a connection tell each other before the application knows of it: a
 * log-in, for example. Implement it as a bean and name the bean in {@code handshake}, or
 * set it in the settings of an endpoint. One instance serves all connections of an
 * endpoint.
 *
 * <p>
 * A client begins it each time TCP has connected, a server for each connection. Until it
 * ends there is no {@code ConnectedEvent} and the client is not connected; what the
 * application sends by the client waits in its buffer, or fails. Nothing of the peer's is
 * delivered: a message is only read when it is asked for, by a request or by
 * {@link Connection#receiveAsync()}, one after another in the order in which they come.
 * What comes after the last of them goes to the application, after the
 * {@code ConnectedEvent}. No {@code MessageSentEvent} and no wire log shows what is sent
 * meanwhile.
 */
@FunctionalInterface
public interface ConnectionHandshake {

	/**
	 * Begins. Called once for each connection, by a thread for handshakes, so it may
	 * block. An endpoint has 256 such threads, and no virtual ones: when as many block,
	 * the connection that has waited longest for its peer gives way to one that comes, as
	 * if its time were over; what blocks otherwise keeps those that come waiting.
	 * @param connection the connection, which nobody else knows of yet: requests work,
	 * and so does what is sent by itself, but not requests by opcode
	 * @return completed when the application may know of the connection; exceptionally
	 * when not, which closes it: a server publishes a {@code ConnectionRejectedEvent}
	 * with reason {@code AUTHENTICATION}, and a client has failed to connect with code
	 * {@code AUTHENTICATION_FAILED} and waits as long as it ever does before it tries
	 * again. When it takes longer than {@code handshake-timeout} at a server, or than
	 * there is left of {@code connect-timeout} at a client, the connection is closed too
	 * @throws Exception as if what it returns were completed with it
	 */
	CompletionStage<?> begin(Connection connection) throws Exception;

}

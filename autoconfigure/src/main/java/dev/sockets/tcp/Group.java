package dev.sockets.tcp;

import java.util.concurrent.CompletableFuture;

/**
 * Connections of one server that have been put together under a name. A group is there
 * while it has members. A connection leaves its groups when it ends, whoever ends it.
 */
public interface Group extends Audience {

	/**
	 * Makes a connection a member. It is one at once, for what this node sends; a
	 * {@link ConnectionHandshake} may do this too, but nothing is sent to a connection
	 * before the application knows it.
	 * @param connection a connection of this server
	 * @return completed when what is sent elsewhere reaches it too: with {@code true}, or
	 * {@code false} when it was a member before; or exceptionally with a
	 * {@link dev.sockets.SocketOperationException}, with code {@code NOT_CONNECTED} when
	 * the connection has ended, {@code TOO_MANY_GROUPS} when it is in as many groups as
	 * {@code max-groups} lets it be in, or {@code BACKPLANE_TIMEOUT} when what other
	 * nodes send does not reach it within {@code sockets.backplane.request-timeout}: it
	 * stays a member, and they reach it as soon as the broker is there
	 * @throws IllegalArgumentException when it is no connection of this server
	 */
	CompletableFuture<Boolean> join(Connection connection);

	/**
	 * Makes a connection a member no longer.
	 * @param connection a connection of this server
	 * @return whether it was a member; one that has ended is in no group
	 * @throws IllegalArgumentException when it is no connection of this server
	 */
	boolean leave(Connection connection);

	/**
	 * Makes a connection a member, wherever its peer is connected.
	 * @param connectionId the connection's id
	 * @return as {@link #join(Connection)}; with code {@code NOT_CONNECTED} also when
	 * there is no such connection
	 */
	CompletableFuture<Boolean> join(String connectionId);

	/**
	 * Makes a connection a member no longer, wherever its peer is connected.
	 * @param connectionId the connection's id
	 * @return completed with whether it was a member; {@code false} when there is no such
	 * connection
	 */
	CompletableFuture<Boolean> leave(String connectionId);

}

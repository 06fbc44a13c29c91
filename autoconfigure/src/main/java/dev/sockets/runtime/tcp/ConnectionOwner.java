package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.Set;

import dev.sockets.SocketErrorCode;

/**
 * Told about the life of an endpoint's connections: about all but their very end before
 * the application is.
 */
public interface ConnectionOwner {

	/**
	 * Returns for how long an open connection is held back at most, until its peer has
	 * sent something: one that ends before that is told of as one that could not be
	 * opened.
	 * @return the time in nanoseconds; 0 when none is held back
	 */
	default long holdNanos() {
		return 0;
	}

	/**
	 * Returns how long the peer of a connection may take to show that it belongs here,
	 * where it has to.
	 * @param connection the connection
	 * @return the time in nanoseconds
	 */
	long handshakeNanos(DefaultConnection connection);

	/**
	 * Returns what it means when it takes longer.
	 * @return the code of the failure
	 */
	SocketErrorCode lateHandshake();

	/**
	 * A connection is held back.
	 * @param connection the connection, which is opened or fails to be later
	 */
	default void held(DefaultConnection connection) {
	}

	/**
	 * The peer of a connection that is held back has shown that it does not belong here.
	 * Called once for each by any thread, before the connection fails to be opened.
	 * @param connection the connection
	 */
	default void wrong(DefaultConnection connection) {
	}

	/**
	 * Returns whether the address of a connection is banned: unless its peer was let in
	 * before, it is not heard any more. Called by any thread.
	 * @param connection the connection
	 */
	default boolean isBanned(DefaultConnection connection) {
		return false;
	}

	/**
	 * Binds a connection to a name, see {@link dev.sockets.tcp.Connection#bind}. Called
	 * by any thread.
	 * @param connection the connection
	 * @param name the name
	 */
	default void bind(DefaultConnection connection, String name) {
		throw new IllegalStateException(connection + " is that of a client: only those of servers are bound to a name");
	}

	/**
	 * Gives the name of a connection back, see {@link dev.sockets.tcp.Connection#unbind}.
	 * Called by any thread.
	 * @param connection the connection
	 */
	default void unbind(DefaultConnection connection) {
	}

	/**
	 * The peer of an open connection has shown who it is. Called by any thread.
	 * @param connection the connection
	 */
	default void identified(DefaultConnection connection) {
	}

	/**
	 * Returns which groups a connection is in, see
	 * {@link dev.sockets.tcp.Connection#getGroups}. Called by any thread.
	 * @param connection the connection
	 * @return their names, a snapshot
	 */
	default Set<String> groups(DefaultConnection connection) {
		return Set.of();
	}

	/**
	 * A connection is open.
	 * @param connection the connection
	 */
	void opened(DefaultConnection connection);

	/**
	 * Returns whether {@link #tick} is to be called about ten times a second.
	 * @return {@code false} when once a second will do for a connection that is at rest
	 */
	default boolean watches() {
		return true;
	}

	/**
	 * Some time has passed for an open connection.
	 * @param connection the connection
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	default void tick(DefaultConnection connection, long now) {
	}

	/**
	 * A connection could not be opened.
	 * @param connection the connection that never was
	 * @param cause why
	 */
	void connectFailed(DefaultConnection connection, IOException cause);

	/**
	 * A connection was closed.
	 * @param connection the connection
	 */
	void closed(DefaultConnection connection);

	/**
	 * The peer has closed a connection too, or was not waited for any longer.
	 * @param connection the connection
	 */
	default void released(DefaultConnection connection) {
	}

	/**
	 * The application was told that a connection was closed, and none of its handlers
	 * runs any more.
	 * @param connection the connection
	 */
	default void gone(DefaultConnection connection) {
	}

}

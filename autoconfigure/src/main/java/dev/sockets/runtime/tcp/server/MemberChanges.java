package dev.sockets.runtime.tcp.server;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.tcp.DefaultConnection;

/**
 * Told of all that changes among the members of one server. Called with locks held that
 * decide on the order, but for {@link #tell}, so it takes none but its own and calls
 * nobody else.
 */
interface MemberChanges {

	/** A connection is known to the application; may be told more than once. */
	default void opened(DefaultConnection connection) {
	}

	/** A connection has ended. */
	default void closed(DefaultConnection connection) {
	}

	/** A connection is a user's, or nobody's. */
	default void identified(DefaultConnection connection, @Nullable String user) {
	}

	/** A group has its first member here. */
	default void appeared(String group) {
	}

	/** A group has no member here any more. */
	default void gone(String group) {
	}

	void joined(String group, DefaultConnection connection);

	void left(String group, DefaultConnection connection);

	/** A user has its first connection here. */
	void online(String user);

	/** A user has no connection here any more. */
	void offline(String user);

	/** Tells listeners what was noted; no lock is held. */
	void tell();

}

package dev.sockets.runtime.backplane.frame;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.ConnectionInfo;

/**
 * Something has changed about one connection of a node.
 */
public sealed interface Change {

	/** Returns the name of the connection's server. */
	String server();

	/** Returns the connection's id. */
	String id();

	/**
	 * It is there.
	 *
	 * @param server its server
	 * @param connection what is known of it
	 */
	record Opened(String server, ConnectionInfo connection) implements Change {

		@Override
		public String id() {
			return this.connection.id();
		}

	}

	/**
	 * It has gone.
	 *
	 * @param server its server
	 * @param id its id
	 */
	record Closed(String server, String id) implements Change {

	}

	/**
	 * It is another user's.
	 *
	 * @param server its server
	 * @param id its id
	 * @param user the user; {@code null} for nobody
	 */
	record Identified(String server, String id, @Nullable String user) implements Change {

	}

	/**
	 * It has joined a group.
	 *
	 * @param server its server
	 * @param id its id
	 * @param group the group
	 */
	record Joined(String server, String id, String group) implements Change {

	}

	/**
	 * It has left a group.
	 *
	 * @param server its server
	 * @param id its id
	 * @param group the group
	 */
	record Left(String server, String id, String group) implements Change {

	}

}

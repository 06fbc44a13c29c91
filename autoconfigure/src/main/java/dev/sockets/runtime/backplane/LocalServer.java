package dev.sockets.runtime.backplane;

import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Message;
import dev.sockets.runtime.backplane.frame.Order;
import dev.sockets.tcp.ConnectionInfo;

/**
 * A server on this node, as the backplane sees it.
 */
public interface LocalServer {

	/** Returns its name. */
	String name();

	/**
	 * Returns the fingerprint of how its messages look, see {@link FormatFingerprint}.
	 */
	long format();

	/** Returns how many connections it has here. */
	int connections();

	/**
	 * Gives a message of another node to connections here, which may wait for
	 * {@link #writeDelivered()}. Called by one thread.
	 * @param message the message
	 * @return a code as that of a reply
	 */
	int deliver(Message message);

	/**
	 * Has each connection write at once what it was given since this was called last.
	 * Called by the same thread.
	 */
	void writeDelivered();

	/**
	 * Does what another node asks for. Called by the same thread.
	 * @param type what is to be done
	 * @param order with which connections
	 * @return a code as that of a reply
	 */
	int obey(FrameType type, Order order);

	/**
	 * A connection of another node has joined a group. Called with locks held, as all
	 * that follow but {@link #tell}.
	 * @param group the group
	 * @param member the connection
	 */
	void joined(String group, ConnectionInfo member);

	/**
	 * A connection of another node has left a group.
	 * @param group the group
	 * @param member the connection
	 */
	void left(String group, ConnectionInfo member);

	/**
	 * A user has a connection on other nodes now.
	 * @param user the user
	 */
	void online(String user);

	/**
	 * A user has no connection on other nodes any more.
	 * @param user the user
	 */
	void offline(String user);

	/** Returns who is told of other nodes. */
	NodeWatcher nodes();

	/** Tells what was noted of this. */
	void tell();

}

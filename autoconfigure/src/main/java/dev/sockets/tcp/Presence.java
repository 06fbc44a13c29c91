package dev.sockets.tcp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is connected to a server, on all nodes. Answers from what this node knows: at once,
 * without the network, and never fails, but for {@link IllegalStateException} when
 * {@code sockets.backplane.presence.enabled} is {@code false} and more is asked than
 * which nodes and how many connections there are. Usable from any thread.
 */
public interface Presence {

	/**
	 * Returns how many connections there are.
	 * @return the number
	 */
	long size();

	/**
	 * Returns the nodes of this server.
	 * @return a snapshot; this node is always among them
	 */
	List<NodeInfo> nodes();

	/**
	 * Finds a connection.
	 * @param id its id
	 * @return the connection, or empty when there is none
	 */
	Optional<ConnectionInfo> find(String id);

	/**
	 * Returns the connections of a user.
	 * @param user the user's name
	 * @return a snapshot, in no order; empty when the user is not connected
	 */
	List<ConnectionInfo> ofUser(String user);

	/**
	 * Returns the members of a group.
	 * @param group the group's name
	 * @return a snapshot, in no order; empty when there is no such group
	 */
	List<ConnectionInfo> ofGroup(String group);

	/**
	 * Returns all connections.
	 * @return the connections, looked at one after another while the stream is consumed
	 */
	Stream<ConnectionInfo> all();

	/**
	 * Returns whether what is said of other nodes is up to date.
	 * @return {@code false} while this node hears nothing of them
	 */
	boolean isCurrent();

}

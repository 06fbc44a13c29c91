package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.util.List;

import dev.sockets.event.NodeLeftReason;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;

/**
 * Told by the backplane, for one server, of other nodes and of the way to them. Called
 * with locks held, so it only notes that; {@link LocalServer#tell} follows.
 */
public interface NodeWatcher {

	/**
	 * A node has the server, too.
	 * @param node the node
	 * @param sameFormat whether messages there look as they do here
	 */
	void joined(NodeInfo node, boolean sameFormat);

	/**
	 * A node has the server no longer.
	 * @param node the node
	 * @param reason why
	 * @param connections what was known of its connections
	 */
	void left(NodeInfo node, NodeLeftReason reason, List<ConnectionInfo> connections);

	/**
	 * Other nodes are not reached or heard any more.
	 * @param cause why
	 */
	void lost(Throwable cause);

	/**
	 * They are again.
	 * @param duration how long they were not
	 * @param notSent how many frames of this node were dropped meanwhile
	 */
	void recovered(Duration duration, long notSent);

	/**
	 * Something that a node has sent has not come.
	 * @param node its id
	 * @param count how many frames
	 */
	void missed(String node, long count);

}

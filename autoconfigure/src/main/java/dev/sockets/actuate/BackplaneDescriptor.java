package dev.sockets.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.sockets.runtime.backplane.BackplaneStatus;

/**
 * The nodes that form one server with this one.
 *
 * @param node id of this one
 * @param engine what leads to the others
 * @param current whether this node hears itself, and so the others
 * @param nodes the nodes, this one first
 */
public record BackplaneDescriptor(String node, String engine, boolean current, List<Node> nodes) {

	/**
	 * A node.
	 *
	 * @param id its id
	 * @param here whether it is this one
	 * @param since when it was started
	 * @param silentFor how long nothing was heard of it
	 * @param lag how far it is behind in hearing this one, or for how long it does not
	 * @param connections how many connections its servers have, by their names
	 */
	public record Node(String id, boolean here, Instant since, Duration silentFor, Duration lag,
			Map<String, Integer> connections) {

	}

	static BackplaneDescriptor of(BackplaneStatus status) {
		return new BackplaneDescriptor(status.node(), status.engine(), status.current(),
				status.nodes().stream().map(BackplaneDescriptor::of).toList());
	}

	private static Node of(BackplaneStatus.Node node) {
		return new Node(node.id(), node.here(), node.since(), node.silentFor(), node.lag(),
				new TreeMap<>(node.connections()));
	}

}

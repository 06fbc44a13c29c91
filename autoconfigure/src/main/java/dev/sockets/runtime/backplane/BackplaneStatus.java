package dev.sockets.runtime.backplane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a backplane is at one moment.
 *
 * @param node this node's id
 * @param engine what moves the bytes
 * @param current whether this node hears itself, and so the others
 * @param cause why it does not; {@code null} when it does, or is only about to
 * @param lastEcho how long ago it has heard itself; {@code null} for never
 * @param roundTrip how long that took; {@code null} for never
 * @param pendingOut bytes that wait for the engine
 * @param pendingIn bytes that wait for connections here
 * @param nodes the nodes, this one first
 * @param differingSecrets what is different, by node, on those whose secret is not this
 * one's
 * @param apart whether these are all others that are heard, or none of those hears this
 * one
 */
public record BackplaneStatus(String node, String engine, boolean current, @Nullable Throwable cause,
		@Nullable Duration lastEcho, @Nullable Duration roundTrip, long pendingOut, long pendingIn, List<Node> nodes,
		Map<String, String> differingSecrets, boolean apart) {

	public BackplaneStatus {
		nodes = List.copyOf(nodes);
		differingSecrets = Map.copyOf(differingSecrets);
	}

	/**
	 * A node.
	 *
	 * @param id its id
	 * @param here whether it is this one
	 * @param since when it was started
	 * @param silentFor how long nothing was heard of it
	 * @param lag how far it is behind in hearing this one, or for how long it does not
	 * @param reached whether that is less than what makes a node silent
	 * @param connections how many connections its servers have, by their names
	 * @param differing servers whose messages look otherwise there than here
	 */
	public record Node(String id, boolean here, Instant since, Duration silentFor, Duration lag, boolean reached,
			Map<String, Integer> connections, List<String> differing) {

		public Node {
			connections = Map.copyOf(connections);
			differing = List.copyOf(differing);
		}

	}

}

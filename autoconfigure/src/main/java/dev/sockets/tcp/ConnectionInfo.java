package dev.sockets.tcp;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a connection wherever its peer is connected.
 *
 * @param id its id
 * @param node id of the node that its peer is connected to
 * @param user its user, see {@link Connection#getUser()}
 * @param groups the groups that it is in
 * @param remote the peer's address
 * @param openedAt when it was opened
 */
public record ConnectionInfo(String id, String node, Optional<String> user, Set<String> groups,
		InetSocketAddress remote, Instant openedAt) {

	public ConnectionInfo {
		groups = Set.copyOf(groups);
	}

}

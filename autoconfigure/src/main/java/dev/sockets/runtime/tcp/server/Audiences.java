package dev.sockets.runtime.tcp.server;

import java.util.List;

import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.MemberName;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Group;

/**
 * The audiences that one server has on this node. Open to all threads.
 */
final class Audiences {

	private final ConnectionSettings settings;

	private final LocalNode node;

	private final ConnectionRegistry registry;

	private final Members members;

	private final LocalConnections connections;

	private final Audience all;

	/**
	 * Creates the audiences of a server.
	 * @param server the server's name
	 * @param settings how its connections behave
	 * @param node this node
	 * @param registry its open connections
	 * @param members what they belong to
	 */
	Audiences(String server, ConnectionSettings settings, LocalNode node, ConnectionRegistry registry,
			Members members) {
		this.settings = settings;
		this.node = node;
		this.registry = registry;
		this.members = members;
		this.connections = new LocalConnections(server, registry);
		this.all = new LocalAudience(settings, node, registry::open);
	}

	Audience all() {
		return this.all;
	}

	Group group(String name) {
		MemberName.check(name, "A group");
		return new LocalGroup(name, this.members, this.connections,
				new LocalAudience(this.settings, this.node, () -> this.members.ofGroup(name)));
	}

	Audience connection(String id) {
		return new LocalAudience(this.settings, this.node,
				() -> this.connections.find(id).map(List::of).orElse(List.of()));
	}

}

package dev.sockets.runtime.tcp.server;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.Presence;

/**
 * Who is connected to a server that is on this node only.
 *
 * @param node this node
 * @param registry the open connections
 * @param members what they belong to
 */
record LocalPresence(LocalNode node, ConnectionRegistry registry, Members members) implements Presence {

	@Override
	public long size() {
		return this.registry.size();
	}

	@Override
	public List<NodeInfo> nodes() {
		return List.of(this.node.describe(this.registry.size()));
	}

	@Override
	public Optional<ConnectionInfo> find(String id) {
		return this.registry.find(id).map(DefaultConnection.class::cast).map(this.node::describe);
	}

	@Override
	public List<ConnectionInfo> ofUser(String user) {
		return describe(this.members.ofUser(user)).toList();
	}

	@Override
	public List<ConnectionInfo> ofGroup(String group) {
		return describe(this.members.ofGroup(group)).toList();
	}

	@Override
	public Stream<ConnectionInfo> all() {
		return describe(this.registry.open());
	}

	private Stream<ConnectionInfo> describe(Collection<DefaultConnection> connections) {
		return connections.stream().map(this.node::describe);
	}

	@Override
	public boolean isCurrent() {
		return true;
	}

	@Override
	public String toString() {
		return size() + " connections on node " + this.node.id();
	}

}

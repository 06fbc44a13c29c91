package dev.sockets.runtime.tcp.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.sockets.runtime.backplane.RemoteConnections;
import dev.sockets.tcp.ConnectionInfo;
import dev.sockets.tcp.NodeInfo;
import dev.sockets.tcp.Presence;

/**
 * Who is connected to a server on whatever node.
 *
 * @param local who is here
 * @param server knows who is elsewhere
 */
record SharedPresence(Presence local, SharedServer server) implements Presence {

	@Override
	public long size() {
		return this.local.size() + this.server.size();
	}

	@Override
	public List<NodeInfo> nodes() {
		return this.server.backplane().nodes(this.server);
	}

	@Override
	public Optional<ConnectionInfo> find(String id) {
		RemoteConnections remote = this.server.remote();
		return this.local.find(id).or(() -> (remote != null) ? remote.find(id) : Optional.empty());
	}

	@Override
	public List<ConnectionInfo> ofUser(String user) {
		return with(this.local.ofUser(user).stream(), (remote) -> remote.ofUser(user).stream()).toList();
	}

	@Override
	public List<ConnectionInfo> ofGroup(String group) {
		return with(this.local.ofGroup(group).stream(), (remote) -> remote.ofGroup(group).stream()).toList();
	}

	@Override
	public Stream<ConnectionInfo> all() {
		return with(this.local.all(), RemoteConnections::all);
	}

	private Stream<ConnectionInfo> with(Stream<ConnectionInfo> here,
			Function<RemoteConnections, Stream<ConnectionInfo>> elsewhere) {
		RemoteConnections remote = this.server.remote();
		return (remote != null) ? Stream.concat(here, elsewhere.apply(remote)) : here;
	}

	@Override
	public boolean isCurrent() {
		return this.server.backplane().isCurrent();
	}

	@Override
	public String toString() {
		return size() + " connections on " + nodes().size() + " nodes";
	}

}

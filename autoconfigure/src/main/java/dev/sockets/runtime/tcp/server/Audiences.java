package dev.sockets.runtime.tcp.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.PeerLog;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.MemberName;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Group;
import dev.sockets.tcp.Presence;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Whom one server may send to by name, and who is there, on this node. Open to all
 * threads.
 */
final class Audiences {

	private final ConnectionSettings settings;

	private final LocalNode node;

	private final Members members;

	private final LocalConnections connections;

	private final Audience all;

	private final Presence presence;

	/**
	 * Creates the audiences of a server.
	 * @param settings the server's name, and how its connections behave
	 * @param node this node
	 * @param registry its open connections
	 * @param members what they belong to
	 * @param log what their peers may cause
	 */
	Audiences(TcpServerSettings settings, LocalNode node, ConnectionRegistry registry, Members members, PeerLog log) {
		this.settings = settings.connection();
		this.node = node;
		this.members = members;
		this.connections = new LocalConnections(settings.name(), registry, log);
		this.presence = new LocalPresence(node, registry, members);
		this.all = new LocalAudience(this.settings, node, registry::open);
	}

	Audience all() {
		return this.all;
	}

	Group group(String name) {
		MemberName.check(name, "A group");
		return new LocalGroup(name, this.members, this.connections,
				new LocalAudience(this.settings, this.node, () -> this.members.ofGroup(name)));
	}

	Audience user(String name) {
		MemberName.check(name, "A user");
		return new LocalAudience(this.settings, this.node, () -> this.members.ofUser(name));
	}

	Audience connection(String id) {
		return new LocalAudience(this.settings, this.node,
				() -> this.connections.find(id).map(List::of).orElse(List.of()));
	}

	CompletableFuture<Void> sendAsync(String id, @Nullable Object payload) {
		return this.connections.find(id)
			.map((connection) -> connection.sendAsync(payload))
			.orElseGet(() -> CompletableFuture.failedFuture(this.connections.unknown(id)));
	}

	CompletableFuture<Boolean> kick(String id) {
		Optional<DefaultConnection> connection = this.connections.find(id);
		connection.ifPresent(DefaultConnection::kick);
		return CompletableFuture.completedFuture(connection.isPresent());
	}

	Presence presence() {
		return this.presence;
	}

}

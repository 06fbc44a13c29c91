package dev.sockets.runtime.tcp.server;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.runtime.PeerLog;
import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.MemberName;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Group;
import dev.sockets.tcp.Presence;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Whom one server may send to by name, and who is there, on this node and on others if
 * there are some. Open to all threads.
 */
final class Audiences {

	private final ConnectionSettings settings;

	private final LocalNode node;

	private final Members members;

	private final LocalConnections connections;

	private final @Nullable SharedServer shared;

	private final Audience all;

	private final Presence presence;

	/**
	 * Creates the audiences of a server.
	 * @param settings the server's name, and how its connections behave
	 * @param node this node
	 * @param registry its open connections
	 * @param owner knows what they belong to
	 * @param log what their peers may cause
	 */
	Audiences(TcpServerSettings settings, LocalNode node, ConnectionRegistry registry, ServerConnections owner,
			PeerLog log) {
		this.settings = settings.connection();
		this.node = node;
		this.members = owner.members();
		this.connections = new LocalConnections(settings.name(), registry, log);
		SharedMembers shared = owner.shared();
		this.shared = (shared != null)
				? new SharedServer(settings.name(), settings.connection(), registry, owner.members(), shared) : null;
		Presence local = new LocalPresence(node, registry, this.members);
		this.presence = (this.shared != null) ? new SharedPresence(local, this.shared) : local;
		this.all = audience(Target.ALL, registry::open);
	}

	/**
	 * The server starts.
	 * @param opening lets it be reached; when it fails the server has not started
	 */
	void begin(Runnable opening) {
		this.members.begin();
		try {
			if (this.shared != null) {
				this.shared.begin();
			}
			opening.run();
		}
		catch (Throwable ex) {
			end();
			throw ex;
		}
	}

	/** The server has stopped. */
	void end() {
		if (this.shared != null) {
			this.shared.end();
		}
	}

	private Audience audience(Target target, Supplier<? extends Collection<DefaultConnection>> here) {
		LocalAudience local = new LocalAudience(this.settings, this.node, here);
		return (this.shared != null) ? new SharedAudience(local, target, this.shared) : local;
	}

	Audience all() {
		return this.all;
	}

	Group group(String name) {
		MemberName.check(name, "A group");
		Audience audience = audience(new Target(Target.Kind.GROUP, name), () -> this.members.ofGroup(name));
		LocalGroup local = new LocalGroup(name, this.members, this.connections, audience);
		return (this.shared != null) ? new SharedGroup(local, audience, this.shared) : local;
	}

	Audience user(String name) {
		MemberName.check(name, "A user");
		return audience(new Target(Target.Kind.USER, name), () -> this.members.ofUser(name));
	}

	Audience connection(String id) {
		return audience(new Target(Target.Kind.CONNECTION, id),
				() -> this.connections.find(id).map(List::of).orElse(List.of()));
	}

	CompletableFuture<Void> sendAsync(String id, @Nullable Object payload) {
		Optional<DefaultConnection> here = this.connections.find(id);
		if (here.isPresent()) {
			return here.get().sendAsync(payload);
		}
		return (this.shared != null) ? sendAsync(this.shared, id, payload)
				: CompletableFuture.failedFuture(this.connections.unknown(id));
	}

	private CompletableFuture<Void> sendAsync(SharedServer shared, String id, @Nullable Object payload) {
		try {
			ByteBuffer frame = new LocalAudience(this.settings, this.node, List::of).encode(payload).frame();
			return RemoteResult.of(shared.backplane().sendAsync(shared.name(), id, frame), (done) -> null);
		}
		catch (SocketOperationException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	CompletableFuture<Boolean> kick(String id) {
		Optional<DefaultConnection> connection = this.connections.find(id);
		connection.ifPresent(DefaultConnection::kick);
		return (connection.isPresent() || this.shared == null)
				? CompletableFuture.completedFuture(connection.isPresent()) : RemoteResult
					.falseWhenUnconnected(this.shared.backplane().order(this.shared.name(), id, FrameType.KICK, ""));
	}

	Presence presence() {
		return this.presence;
	}

}

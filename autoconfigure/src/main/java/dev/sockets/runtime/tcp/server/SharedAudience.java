package dev.sockets.runtime.tcp.server;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.backplane.RemoteConnections;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.ConnectionInfo;

/**
 * Some connections of this node and of others: what is sent goes to those here at once,
 * and once to the backplane.
 *
 * @param local those here
 * @param target who they are
 * @param server their server
 */
record SharedAudience(LocalAudience local, Target target, SharedServer server) implements Audience {

	@Override
	public int send(@Nullable Object payload, String... exceptIds) {
		List<String> except = List.of(exceptIds);
		LocalAudience.Encoded message = this.local.encode(payload);
		int here = this.local.offer(message, except);
		if (this.target.kind() != Target.Kind.CONNECTION || here == 0) {
			ByteBuffer bytes = message.frame();
			this.server.backplane().send(this.server.name(), this.target, except, bytes);
		}
		return here;
	}

	@Override
	public void kick() {
		this.local.kick();
		this.server.backplane().kick(this.server.name(), this.target);
	}

	@Override
	public Audience here() {
		return this.local;
	}

	@Override
	public long size() {
		if (this.target.kind() == Target.Kind.ALL) {
			return this.local.size() + this.server.size();
		}
		RemoteConnections remote = this.server.remote();
		return this.local.size() + ((remote != null) ? of(remote).count() : 0);
	}

	@Override
	public List<ConnectionInfo> members() {
		RemoteConnections remote = this.server.remote();
		return Stream.concat(this.local.members().stream(), (remote != null) ? of(remote) : Stream.empty()).toList();
	}

	private Stream<ConnectionInfo> of(RemoteConnections remote) {
		return switch (this.target.kind()) {
			case ALL -> remote.all();
			case GROUP -> remote.ofGroup(this.target.name()).stream();
			case USER -> remote.ofUser(this.target.name()).stream();
			case CONNECTION -> remote.find(this.target.name()).stream();
		};
	}

	@Override
	public String toString() {
		String many = this.server.backplane().hasPresence() ? String.valueOf(size()) : "Some";
		return many + " connections of '" + this.server.name() + "' on all nodes";
	}

}

package dev.sockets.runtime.tcp.server;

import java.util.concurrent.CompletableFuture;

import dev.sockets.runtime.backplane.frame.FrameType;
import dev.sockets.runtime.backplane.frame.Target;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.Connection;

/**
 * A group of which members may be on any node.
 *
 * @param local its members here
 * @param audience all its members
 * @param server its server
 */
record SharedGroup(LocalGroup local, Audience audience, SharedServer server) implements AudienceGroup {

	@Override
	public CompletableFuture<Boolean> join(Connection connection) {
		return whenHeard(this.local.join(connection));
	}

	/** What others send comes when the channel of the group is heard. */
	private CompletableFuture<Boolean> whenHeard(CompletableFuture<Boolean> joined) {
		CompletableFuture<Void> heard = this.server.backplane()
			.whenHeard(this.server.name(), Target.Kind.GROUP, this.local.name());
		return (heard == null || heard.isDone() || joined.isCompletedExceptionally()) ? joined
				: RemoteResult.of(heard, (nothing) -> joined.getNow(false));
	}

	@Override
	public boolean leave(Connection connection) {
		return this.local.leave(connection);
	}

	@Override
	public CompletableFuture<Boolean> join(String connectionId) {
		return this.local.isHere(connectionId) ? whenHeard(this.local.join(connectionId))
				: order(connectionId, FrameType.JOIN);
	}

	@Override
	public CompletableFuture<Boolean> leave(String connectionId) {
		return this.local.isHere(connectionId) ? this.local.leave(connectionId)
				: RemoteResult.falseWhenUnconnected(order(connectionId, FrameType.LEAVE));
	}

	private CompletableFuture<Boolean> order(String id, FrameType type) {
		return this.server.backplane().order(this.server.name(), id, type, this.local.name());
	}

	@Override
	public String toString() {
		return "Group '" + this.local.name() + "' of " + this.audience;
	}

}

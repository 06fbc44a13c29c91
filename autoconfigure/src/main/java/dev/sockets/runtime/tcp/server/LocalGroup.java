package dev.sockets.runtime.tcp.server;

import java.util.concurrent.CompletableFuture;

import dev.sockets.SocketOperationException;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.Connection;

/**
 * A group of which all members are on this node.
 *
 * @param name its name
 * @param memberships who is in which group
 * @param connections finds connections of the server
 * @param audience its members
 */
record LocalGroup(String name, Members memberships, LocalConnections connections,
		Audience audience) implements AudienceGroup {

	@Override
	public CompletableFuture<Boolean> join(Connection connection) {
		return join(this.connections.own(connection));
	}

	private CompletableFuture<Boolean> join(DefaultConnection connection) {
		try {
			return CompletableFuture.completedFuture(this.memberships.join(connection, this.name));
		}
		catch (SocketOperationException ex) {
			this.connections.failed(ex);
			return CompletableFuture.failedFuture(ex);
		}
	}

	boolean isHere(String connectionId) {
		return this.connections.find(connectionId).isPresent();
	}

	@Override
	public boolean leave(Connection connection) {
		return this.memberships.leave(this.connections.own(connection), this.name);
	}

	@Override
	public CompletableFuture<Boolean> join(String connectionId) {
		return this.connections.find(connectionId)
			.map(this::join)
			.orElseGet(() -> CompletableFuture.failedFuture(this.connections.unknown(connectionId)));
	}

	@Override
	public CompletableFuture<Boolean> leave(String connectionId) {
		return CompletableFuture
			.completedFuture(this.connections.find(connectionId).map((connection) -> leave(connection)).orElse(false));
	}

	@Override
	public String toString() {
		return "Group '" + this.name + "' of " + this.audience;
	}

}

package dev.sockets.runtime.tcp;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections of a client that were closed for another one, until the peer has closed
 * them too.
 */
final class Leaving {

	private final Map<DefaultConnection, CompletableFuture<Void>> connections = new ConcurrentHashMap<>();

	/**
	 * A connection is about to be closed.
	 * @return completed when the peer has closed it too, or was not waited for any longer
	 */
	CompletableFuture<Void> begin(DefaultConnection connection) {
		CompletableFuture<Void> left = new CompletableFuture<>();
		this.connections.put(connection, left);
		return left;
	}

	void ended(DefaultConnection connection) {
		CompletableFuture<Void> left = this.connections.remove(connection);
		if (left != null) {
			left.complete(null);
		}
	}

}

package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

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

	/**
	 * Closes a connection, and waits for its peer unless the caller is a handler without
	 * whose end the peer is not heard.
	 * @param connection the connection
	 * @param left what {@link #begin} has returned
	 * @param timeout how long to wait
	 */
	static void close(DefaultConnection connection, CompletableFuture<Void> left, Duration timeout) {
		connection.close();
		if (connection.channel().caller().mayAwaitInput()) {
			left.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS).join();
		}
	}

	void ended(DefaultConnection connection) {
		CompletableFuture<Void> left = this.connections.remove(connection);
		if (left != null) {
			left.complete(null);
		}
	}

}

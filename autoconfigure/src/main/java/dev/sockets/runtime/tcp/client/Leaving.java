package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.sockets.loop.EventLoop;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.FairTimer;

/**
 * Connections of a client that were closed for another one, until the peer has closed
 * them too.
 */
final class Leaving {

	private final FairTimer timer;

	private final Map<DefaultConnection, CompletableFuture<Void>> connections = new ConcurrentHashMap<>();

	/**
	 * Creates a record of those that leave.
	 * @param timer used to wait for them
	 */
	Leaving(FairTimer timer) {
		this.timer = timer;
	}

	/**
	 * A connection is about to be closed.
	 * @return completed when the peer has closed it too, or was not waited for any longer
	 */
	CompletableFuture<Void> begin(DefaultConnection connection) {
		CompletableFuture<Void> left = new CompletableFuture<>();
		this.connections.put(connection, left);
		if (connection.reader().isReleased()) {
			ended(connection);
		}
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

	/**
	 * Closes a connection that has served its purpose. Its listeners are not waited for,
	 * not even when one of them keeps the event loop from hearing the peer.
	 * @param connection the connection
	 * @param next done when the peer has closed it too, or was waited for as long as any
	 * peer is
	 */
	void close(DefaultConnection connection, Runnable next) {
		CompletableFuture<Void> left = begin(connection);
		left.thenRun(next);
		connection.close();
		this.timer.await(left, EventLoop.LINGER_NANOS, () -> ended(connection));
	}

	void ended(DefaultConnection connection) {
		CompletableFuture<Void> left = this.connections.remove(connection);
		if (left != null) {
			left.complete(null);
		}
	}

}

package dev.sockets.tcp.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Peer;

/**
 * One attempt of a client to connect: tries every address of every peer, in turn, until
 * one takes the connection. The time left is shared out among the addresses left.
 */
final class Attempt {

	private static final long SHORTEST_TRY = Duration.ofMillis(50).toNanos();

	private final CompletableFuture<DefaultConnection> result = new CompletableFuture<>();

	private final Queue<InetSocketAddress> left = new ArrayDeque<>();

	private final int number;

	private final long deadline;

	private volatile IOException cause = new IOException("There is no address to connect to");

	private volatile @Nullable DefaultConnection connecting;

	private volatile boolean cancelled;

	Attempt(int number, Duration timeout) {
		this.number = number;
		this.deadline = System.nanoTime() + timeout.toNanos();
	}

	CompletableFuture<DefaultConnection> result() {
		return this.result;
	}

	int number() {
		return this.number;
	}

	IOException cause() {
		return this.cause;
	}

	void resolve(List<Peer> peers) {
		for (Peer peer : peers) {
			try {
				for (InetAddress address : InetAddress.getAllByName(peer.host())) {
					this.left.add(new InetSocketAddress(address, peer.port()));
				}
			}
			catch (UnknownHostException ex) {
				failed(new UnknownHostException("Unknown host '" + peer.host() + "'"));
			}
		}
	}

	/**
	 * Returns the address to try next.
	 * @return the address; {@code null} when none is left, or the attempt was given up
	 */
	@Nullable InetSocketAddress next() {
		return this.cancelled ? null : this.left.poll();
	}

	/**
	 * Returns how long the address that was taken last may be tried.
	 * @return the time in nanoseconds
	 */
	long nanosForThis() {
		long remaining = this.deadline - System.nanoTime();
		return Math.max(remaining / (this.left.size() + 1), SHORTEST_TRY);
	}

	void connecting(DefaultConnection connection) {
		this.connecting = connection;
		if (this.cancelled) {
			connection.channel().abort();
		}
	}

	void failed(IOException cause) {
		this.cause = cause;
	}

	void cancel() {
		this.cancelled = true;
		DefaultConnection connecting = this.connecting;
		if (connecting != null) {
			connecting.channel().abort();
		}
	}

}

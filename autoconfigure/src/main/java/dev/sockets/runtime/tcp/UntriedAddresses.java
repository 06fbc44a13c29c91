package dev.sockets.runtime.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * The addresses that an attempt to connect has left, and the time that is shared out
 * among them. Used by one thread at a time.
 */
final class UntriedAddresses {

	private static final long SHORTEST_TRY = Duration.ofMillis(50).toNanos();

	private final Queue<InetSocketAddress> left = new ArrayDeque<>();

	private final long deadline;

	/**
	 * Creates a queue without addresses.
	 * @param deadline when the time ends, as {@code System.nanoTime()}
	 */
	UntriedAddresses(long deadline) {
		this.deadline = deadline;
	}

	void add(List<InetSocketAddress> addresses) {
		this.left.addAll(addresses);
	}

	/** Returns whether the time has ended before all were tried. */
	boolean areLate() {
		return this.deadline - System.nanoTime() <= 0 && !this.left.isEmpty();
	}

	@Nullable InetSocketAddress next() {
		return this.left.poll();
	}

	long nanosLeft() {
		return Math.max(this.deadline - System.nanoTime(), 1);
	}

	/** Returns how many nanoseconds the one that was taken last may be tried. */
	long nanosForThis() {
		long remaining = nanosLeft();
		return Math.min(Math.max(remaining / (this.left.size() + 1), SHORTEST_TRY), remaining);
	}

}

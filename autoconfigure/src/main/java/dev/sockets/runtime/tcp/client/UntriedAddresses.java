package dev.sockets.runtime.tcp.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The addresses that an attempt to connect has left, and the time that is shared out
 * among them. Used by one thread at a time.
 */
final class UntriedAddresses {

	private static final long SHORTEST_TRY = Duration.ofMillis(50).toNanos();

	private final Queue<InetSocketAddress> left = new ArrayDeque<>();

	private final LongSupplier nanos;

	private final long deadline;

	/**
	 * Creates a queue without addresses.
	 * @param nanos the time, which stands still while this side is held up
	 * @param timeout when the time ends, in nanoseconds from now
	 */
	UntriedAddresses(LongSupplier nanos, long timeout) {
		this.nanos = nanos;
		this.deadline = nanos.getAsLong() + timeout;
	}

	void add(List<InetSocketAddress> addresses) {
		this.left.addAll(addresses);
	}

	/** Returns whether the time has ended before all were tried. */
	boolean areLate() {
		return this.deadline - this.nanos.getAsLong() <= 0 && !this.left.isEmpty();
	}

	@Nullable InetSocketAddress next() {
		return this.left.poll();
	}

	long nanosLeft() {
		return Math.max(this.deadline - this.nanos.getAsLong(), 1);
	}

	/** Returns how many nanoseconds the one that was taken last may be tried. */
	long nanosForThis() {
		long remaining = nanosLeft();
		return Math.min(Math.max(remaining / (this.left.size() + 1), SHORTEST_TRY), remaining);
	}

}

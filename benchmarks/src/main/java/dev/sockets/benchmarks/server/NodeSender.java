package dev.sockets.benchmarks.server;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends lines by the first of several nodes. Each begins with when it was to be sent,
 * which is its number too.
 */
public final class NodeSender {

	/** Digits of the number. */
	public static final int DIGITS = 19;

	/**
	 * How many lines of others may be on their way, where nothing else holds them back.
	 */
	private static final int MOST_ON_THEIR_WAY = 1024;

	/** Lines that are sent before it is looked at how many are on their way. */
	private static final int BURST = 64;

	private static final long LOOK_NANOS = 20_000;

	private static final long SILENCE_NANOS = 20_000_000_000L;

	/** So that each number has all of its digits. */
	private static final long FIRST = 1_000_000_000_000_000_000L;

	private final List<Node> nodes;

	private long last;

	NodeSender(List<Node> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Returns the number of a line.
	 * @param line the line
	 * @return it
	 */
	static long numberOf(String line) {
		return Long.parseLong(line, 0, DIGITS, 10);
	}

	/**
	 * Returns when a line was to be sent.
	 * @param number its number
	 * @return as {@code System.nanoTime()}, of any process on this machine
	 */
	public static long dueAt(long number) {
		return number - FIRST;
	}

	/**
	 * Sends as many lines as go, to one other node at least.
	 * @return how many
	 */
	long flatOut(int bytes, long nanos) {
		String rest = "x".repeat(bytes - DIGITS - 1);
		long before = received();
		long start = System.nanoTime();
		long sent = 0;
		while (System.nanoTime() - start < nanos) {
			for (int i = 0; i < BURST; i++) {
				send(System.nanoTime(), rest);
			}
			this.nodes.get(0).flush();
			sent += BURST;
			await(before + sent + BURST - MOST_ON_THEIR_WAY);
		}
		return sent;
	}

	private void await(long received) {
		long start = System.nanoTime();
		while (received() < received) {
			LockSupport.parkNanos(LOOK_NANOS);
			if (System.nanoTime() - start > SILENCE_NANOS) {
				throw new IllegalStateException("What was sent does not come");
			}
		}
	}

	/** Sends so many lines a second; what is late counts from when it was due. */
	long paced(int bytes, long nanos, int rate) {
		String rest = "x".repeat(bytes - DIGITS - 1);
		long start = System.nanoTime();
		long count = nanos / 1_000_000 * rate / 1000;
		for (long i = 0; i < count; i++) {
			long due = start + i * 1_000_000_000L / rate;
			long left;
			while ((left = due - System.nanoTime()) > 0) {
				LockSupport.parkNanos(left);
			}
			send(due, rest);
			this.nodes.get(0).flush();
		}
		return count;
	}

	private void send(long due, String rest) {
		this.last = Math.max(FIRST + due, this.last + 1);
		this.nodes.get(0).send(this.last + rest);
	}

	private long received() {
		return this.nodes.stream().skip(1).mapToLong(Node::received).min().orElse(Long.MAX_VALUE);
	}

}

package dev.sockets.runtime.backplane;

import java.util.Collection;

/**
 * When this node has a connection again, others may have none yet: what waits is held
 * back until those are heard that were there before, as they would lose it, though not
 * for long. Open to all threads; times are those of {@code System.nanoTime()}.
 */
final class Regathering {

	/** Who tries to connect once a second is back by then. */
	private static final long MOST_NANOS = 1_500_000_000;

	private final long most;

	private long since;

	private boolean awaited;

	/**
	 * Creates an instance that awaits nobody.
	 * @param maxWaitNanos how long anything may wait that is to be sent
	 */
	Regathering(long maxWaitNanos) {
		this.most = Math.min(MOST_NANOS, maxWaitNanos / 2);
	}

	/** This node has a connection. */
	synchronized void begin(long now) {
		this.since = now;
		this.awaited = true;
	}

	/**
	 * Returns whether others are waited for.
	 * @param others those that were there before
	 * @param now what time it is
	 */
	synchronized boolean isAwaited(Collection<Peer> others, long now) {
		this.awaited &= now - this.since < this.most
				&& others.stream().anyMatch((peer) -> peer.heardAt() - this.since < 0);
		return this.awaited;
	}

}

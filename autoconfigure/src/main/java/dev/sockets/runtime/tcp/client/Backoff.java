package dev.sockets.runtime.tcp.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Reconnect;

/**
 * Counts the attempts of a client that failed in a row, and says how long to wait before
 * the next. Guarded by the connector's lock.
 */
final class Backoff {

	private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Reconnect reconnect;

	private int failed;

	private boolean refused;

	private long lastDelay;

	private long openedAt;

	Backoff(Reconnect reconnect) {
		this.reconnect = reconnect;
	}

	/**
	 * Returns the number of the next attempt.
	 * @return 1 for the first in a row
	 */
	int nextAttempt() {
		return this.failed + 1;
	}

	/** What was before does not count. */
	void reset() {
		this.failed = 0;
		this.refused = false;
		this.lastDelay = 0;
	}

	/**
	 * An attempt has failed.
	 * @param refused whether because the peer does not let this side in, which will not
	 * be otherwise soon
	 */
	void attemptFailed(boolean refused) {
		this.failed++;
		this.refused = refused;
	}

	/**
	 * A connection was opened.
	 * @param now a reading of {@code System.nanoTime()}
	 */
	void opened(long now) {
		this.openedAt = now;
	}

	/**
	 * Returns how long ago the last connection was opened.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return the time in nanoseconds
	 */
	long openFor(long now) {
		return now - this.openedAt;
	}

	/**
	 * The connection was lost; if it was open for a short time only, that counts as an
	 * attempt that failed.
	 * @param now a reading of {@code System.nanoTime()}
	 * @param useful whether it was of any use
	 */
	void lost(long now, boolean useful) {
		boolean stable = now - this.openedAt >= Math.max(STABLE_NANOS, this.lastDelay);
		this.failed = (useful && stable) ? 0 : this.failed + 1;
		this.refused = false;
	}

	/**
	 * Returns how long to wait before the next attempt.
	 * @return the delay; {@code null} when there is to be none
	 */
	@Nullable Duration nextDelay() {
		if (!this.reconnect.triesAgain(this.failed)) {
			return null;
		}
		Duration delay = this.refused ? this.reconnect.longestDelay() : this.reconnect.delay(this.failed);
		this.lastDelay = delay.toNanos();
		return delay;
	}

}

package dev.sockets.runtime.backplane;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.sockets.EndpointStatistics.Timing;
import dev.sockets.runtime.TimeCounter;

/**
 * When this node's heartbeats were sent, so how long they take to come back, and how far
 * behind others are. Open to all threads; times are those of {@code System.nanoTime()}.
 */
final class HeartbeatTimes {

	/** Others hear the newest ones, or are slower than that tells. */
	private static final int MOST_SENT = 16;

	private record Sent(long sequence, long at) {

	}

	private final Deque<Sent> sent = new ArrayDeque<>();

	private final TimeCounter roundTrips = new TimeCounter();

	private long lastRoundTrip = -1;

	private long echoedAt;

	synchronized void sent(long sequence, long now) {
		if (this.sent.size() == MOST_SENT) {
			this.sent.remove();
		}
		this.sent.add(new Sent(sequence, now));
	}

	/** One has come back. */
	synchronized void echoed(long sequence, long now) {
		this.echoedAt = now;
		for (Sent heartbeat : this.sent) {
			if (heartbeat.sequence() == sequence) {
				this.lastRoundTrip = now - heartbeat.at();
				this.roundTrips.add(1, this.lastRoundTrip);
			}
		}
	}

	/**
	 * Returns how far behind somebody is.
	 * @param heard the last one that it has heard
	 * @param now what time it is
	 * @return how long the next one has been on its way; 0 when there is none
	 */
	synchronized long lag(long heard, long now) {
		for (Sent heartbeat : this.sent) {
			if (heartbeat.sequence() > heard) {
				return Math.max(0, now - heartbeat.at());
			}
		}
		return 0;
	}

	/** Returns how long the last one took to come back; -1 before the first one. */
	synchronized long lastRoundTrip() {
		return this.lastRoundTrip;
	}

	/** Returns when that was. */
	synchronized long echoedAt() {
		return this.echoedAt;
	}

	Timing roundTrips() {
		return this.roundTrips.timing();
	}

}

package dev.sockets.runtime.backplane;

/**
 * Time as this node's own heartbeats tell it that come back: while the broker is away
 * none passes. At most one heartbeat is on its way. Open to all threads; times are those
 * of {@code System.nanoTime()}.
 */
final class EchoClock {

	/** Without an echo for so many intervals this node hears nothing. */
	private static final int DEAF = 3;

	private final long interval;

	private long ticks;

	private long unanswered;

	private long sentAt;

	private long tickedAt;

	private long heardAt;

	private boolean hearing;

	EchoClock(long intervalNanos) {
		this.interval = intervalNanos;
	}

	/** The next heartbeat may go at once. */
	synchronized void reset(long now) {
		this.unanswered = 0;
		this.sentAt = now - this.interval;
		this.heardAt = now;
	}

	/** Returns how long it is until a heartbeat is to be sent. */
	synchronized long untilNext(long now) {
		return (this.unanswered != 0) ? this.interval : this.sentAt + this.interval - now;
	}

	/** The next heartbeat is to go earlier, as somebody wants to know. */
	synchronized void hasten(long now, long delay) {
		if (this.sentAt + this.interval - now > delay) {
			this.sentAt = now + delay - this.interval;
		}
	}

	synchronized void sent(long sequence, long now) {
		this.unanswered = sequence;
		this.sentAt = now;
	}

	/** Those that come close together, as after a stall, count once. */
	synchronized void echoed(long sequence, long now) {
		if (sequence >= this.unanswered) {
			this.unanswered = 0;
		}
		this.heardAt = now;
		this.hearing = true;
		if (this.ticks == 0 || now - this.tickedAt >= this.interval / 2) {
			this.ticks++;
			this.tickedAt = now;
		}
	}

	synchronized void lost() {
		this.hearing = false;
	}

	/** Returns whether nothing has come back for too long, and begins anew. */
	synchronized boolean isDeaf(long now) {
		if (now - this.heardAt < DEAF * this.interval) {
			return false;
		}
		this.heardAt = now;
		this.hearing = false;
		return true;
	}

	/** Returns whether this node hears itself. */
	synchronized boolean isHearing() {
		return this.hearing;
	}

	/** Returns how many heartbeats have come back. */
	synchronized long ticks() {
		return this.ticks;
	}

}

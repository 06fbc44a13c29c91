package dev.sockets.runtime.backplane;

/**
 * Time as this node's own heartbeats tell it that come back: while the broker is away
 * none passes. At most one heartbeat is on its way. Also knows when this node itself was
 * held up, paused for example, so that what comes then may be old. Open to all threads;
 * times are those of {@code System.nanoTime()}.
 */
final class EchoClock {

	/** Without an echo for so many intervals this node hears nothing. */
	private static final int DEAF = 3;

	private final long interval;

	/** Nobody of this node is away for that long while it is well. */
	private final long heldUp;

	private long ticks;

	private long unanswered;

	private long lastSent;

	private long sentAt;

	private long tickedAt;

	private long lookedAt;

	private long silence;

	private boolean hearing;

	private boolean behind;

	/** The last heartbeat that was sent before this node was held up. */
	private long sentBefore;

	/**
	 * Creates a clock that has not been {@linkplain #reset reset}.
	 * @param intervalNanos time between two heartbeats
	 * @param heldUpNanos how long this node does nothing when it was held up
	 */
	EchoClock(long intervalNanos, long heldUpNanos) {
		this.interval = intervalNanos;
		this.heldUp = Math.max(heldUpNanos, 2 * intervalNanos);
	}

	/** The next heartbeat may go at once; nothing comes any more that is old. */
	synchronized void reset(long now) {
		this.unanswered = 0;
		this.sentAt = now - this.interval;
		this.lookedAt = now;
		this.silence = 0;
		this.behind = false;
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
		this.lastSent = sequence;
		this.sentAt = now;
	}

	/**
	 * A heartbeat has come back. Those that come close together, as after a stall, count
	 * once.
	 * @return {@code false} when it is not awaited, as one that has come back before
	 */
	synchronized boolean echoed(long sequence, long now) {
		if (this.unanswered == 0 || sequence != this.unanswered) {
			return false;
		}
		this.unanswered = 0;
		this.silence = 0;
		this.hearing = true;
		this.behind &= sequence <= this.sentBefore;
		if (this.ticks == 0 || now - this.tickedAt >= this.interval / 2) {
			this.ticks++;
			this.tickedAt = now;
		}
		return true;
	}

	synchronized void lost() {
		this.hearing = false;
	}

	/**
	 * This node is at work, as it is at least once in an interval unless it is held up:
	 * then it could not hear anything either, which is no silence.
	 */
	synchronized void look(long now) {
		long away = now - this.lookedAt;
		this.lookedAt = now;
		this.silence += Math.min(away, this.interval);
		if (away >= this.heldUp) {
			this.behind = true;
			this.sentBefore = this.lastSent;
			hasten(now, 0);
		}
	}

	/** Returns whether nothing has come back for too long, and begins anew. */
	synchronized boolean isDeaf(long now) {
		look(now);
		if (this.silence < DEAF * this.interval) {
			return false;
		}
		this.silence = 0;
		this.hearing = false;
		return true;
	}

	/**
	 * Returns whether what comes may have been sent while this node was held up. It is so
	 * until a heartbeat comes back that was sent afterwards.
	 */
	synchronized boolean isBehind() {
		return this.behind;
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

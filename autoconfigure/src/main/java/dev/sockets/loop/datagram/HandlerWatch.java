package dev.sockets.loop.datagram;

import java.util.concurrent.TimeUnit;

/**
 * Whether a handler has been at one datagram for so long that the others of its queue are
 * as good as not received. Looks only at handlers for which the loop has gone on with
 * another thread. Told by who handles and by the watchdog; open to all.
 */
final class HandlerWatch {

	/** Nobody should wait longer for one handler. */
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** No handler should take longer, though nothing waits yet. */
	private static final long VERY_LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

	private volatile boolean late;

	private volatile long since;

	/**
	 * A handler is late, or a thread that was late begins with another datagram.
	 * @param now the loop's time
	 */
	void begin(long now) {
		this.since = now;
		this.late = true;
	}

	/** The handler has returned. */
	void end() {
		if (this.late) {
			this.late = false;
		}
	}

	boolean isLate() {
		return this.late;
	}

	/**
	 * Returns whether the others are as good as not received.
	 * @param now the loop's time
	 * @param othersWait whether there are any
	 * @return whether the handler is stuck
	 */
	boolean isStuck(long now, boolean othersWait) {
		return this.late && now - this.since > (othersWait ? LONG_NANOS : VERY_LONG_NANOS);
	}

}

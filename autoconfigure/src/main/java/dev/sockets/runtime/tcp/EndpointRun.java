package dev.sockets.runtime.tcp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run of an endpoint, from a start until everything of it has ended, which may be
 * later than its stop: a handler may never return. Open to all threads.
 */
public final class EndpointRun {

	/**
	 * Connections, and attempts to get one, whose end the application was not told yet.
	 */
	private final AtomicInteger alive = new AtomicInteger();

	/** One more is being made. */
	void begin() {
		this.alive.incrementAndGet();
	}

	/** The application knows that one has gone. */
	void end() {
		this.alive.decrementAndGet();
	}

	/** Returns whether nothing of it is left. */
	boolean isOver() {
		return this.alive.get() == 0;
	}

}

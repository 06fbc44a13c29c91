package dev.sockets.loop;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many closed channels of one loop keep their descriptor for a while, to hear their
 * peers out: only so many, so that a flood of them does not use the descriptors up. Open
 * to all threads.
 */
final class LingerLimit {

	private static final int MOST = 512;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * One more asks.
	 * @return whether it may; {@link #end()} is to follow then
	 */
	boolean begin() {
		if (this.count.incrementAndGet() <= MOST) {
			return true;
		}
		this.count.decrementAndGet();
		return false;
	}

	void end() {
		this.count.decrementAndGet();
	}

}

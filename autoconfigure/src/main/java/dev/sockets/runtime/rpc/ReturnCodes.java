package dev.sockets.runtime.rpc;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The return codes of what an endpoint sends: one sequence for all of its connections, so
 * that a code tells its connection. Open to all threads.
 */
final class ReturnCodes {

	/** Less than fit into 32 bits: 0 and the last one are left for the wire. */
	private static final long COUNT = 0xFFFFFFFEL;

	private final AtomicLong sequence = new AtomicLong();

	long next() {
		return this.sequence.getAndIncrement() % COUNT + 1;
	}

}

package dev.sockets.codec.pickle;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * What an action of the calling thread costs, in bytes allocated.
 */
final class Cost {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Cost() {
	}

	static long of(Runnable action) {
		long before = THREADS.getCurrentThreadAllocatedBytes();
		action.run();
		return THREADS.getCurrentThreadAllocatedBytes() - before;
	}

}

package dev.sockets.benchmarks.server;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

/**
 * What this JVM uses.
 */
final class Memory {

	private static final int COLLECTIONS = 3;

	private Memory() {
	}

	/**
	 * Returns what is left in the heap after garbage was collected.
	 * @return bytes
	 */
	static long heapInUse() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Returns what the threads that live have allocated since they started.
	 * @return bytes
	 */
	static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long sum = 0;
		for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

}

package dev.sockets.benchmarks.server;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.netty.util.internal.PlatformDependent;

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
	 * Returns what direct buffers take. Netty's count only themselves on some versions of
	 * Java.
	 * @return bytes
	 */
	static long directInUse() {
		long pool = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((buffers) -> buffers.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
		return Math.max(pool, PlatformDependent.usedDirectMemory());
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

package dev.sockets.runtime.tcp;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What the JVM uses at a moment.
 *
 * @param descriptors open file descriptors
 * @param threads live threads
 * @param heap bytes of heap in use after a collection
 */
record Resources(long descriptors, int threads, long heap) {

	/** Counts everything; collects garbage first. */
	static Resources now() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return new Resources(descriptorsNow(), ManagementFactory.getThreadMXBean().getThreadCount(),
				runtime.totalMemory() - runtime.freeMemory());
	}

	static long descriptorsNow() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
	}

}

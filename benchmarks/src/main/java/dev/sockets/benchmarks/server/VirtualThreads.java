package dev.sockets.benchmarks.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Virtual threads, found by reflection, as the byte code is Java 17's.
 */
final class VirtualThreads {

	private VirtualThreads() {
	}

	/**
	 * Makes an executor with a virtual thread for each task.
	 * @return the executor
	 * @throws IllegalStateException before Java 21
	 */
	static ExecutorService executor() {
		try {
			MethodHandle factory = MethodHandles.lookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class));
			return (ExecutorService) factory.invoke();
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package dev.sockets.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which threads are inside a handler or listener of any endpoint, but for those of
 * event loops: they must not wait for the end of an endpoint, as that may wait for them.
 */
public final class Callbacks {

	private static final Set<Thread> inside = ConcurrentHashMap.newKeySet();

	private Callbacks() {
	}

	/**
	 * Runs what may call handlers or listeners on the calling thread.
	 * @param task what to run
	 */
	public static void run(Runnable task) {
		Thread thread = Thread.currentThread();
		boolean entered = isNoted(thread);
		try {
			task.run();
		}
		finally {
			if (entered) {
				inside.remove(thread);
			}
		}
	}

	/** Without memory for a note the task is run all the same, as others wait for it. */
	private static boolean isNoted(Thread thread) {
		try {
			return inside.add(thread);
		}
		catch (OutOfMemoryError ex) {
			return false;
		}
	}

	/**
	 * Returns whether the calling thread is inside a handler or listener of any endpoint.
	 * @return whether it is, and no event loop's
	 */
	public static boolean isInside() {
		return inside.contains(Thread.currentThread());
	}

}

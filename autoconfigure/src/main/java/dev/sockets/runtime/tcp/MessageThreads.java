package dev.sockets.runtime.tcp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import dev.sockets.loop.EventLoop;

/**
 * Runs the handlers and listeners of one endpoint that no event loop runs, and knows
 * which threads are inside of one: they must not wait for the endpoint's end.
 */
final class MessageThreads implements Executor {

	private final Executor executor;

	private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

	MessageThreads(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(() -> inside(task));
	}

	/**
	 * Runs what may call handlers or listeners on the calling thread.
	 * @param task what to run
	 */
	void inside(Runnable task) {
		Thread thread = Thread.currentThread();
		boolean entered = isNoted(thread);
		try {
			task.run();
		}
		finally {
			if (entered) {
				this.inside.remove(thread);
			}
		}
	}

	/** Without memory for a note the task is run all the same, as others wait for it. */
	private boolean isNoted(Thread thread) {
		try {
			return this.inside.add(thread);
		}
		catch (OutOfMemoryError ex) {
			return false;
		}
	}

	/**
	 * Returns whether the calling thread is inside a handler or listener of this
	 * endpoint, but for those that an event loop runs.
	 * @return whether it is
	 */
	boolean isInside() {
		return this.inside.contains(Thread.currentThread());
	}

	/**
	 * Returns whether the calling thread might be inside a handler or listener of this
	 * endpoint.
	 * @return whether it is, or is an event loop's
	 */
	boolean mayBeInside() {
		return EventLoop.isLoopThread() || isInside();
	}

}

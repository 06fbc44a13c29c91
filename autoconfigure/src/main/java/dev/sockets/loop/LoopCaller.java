package dev.sockets.loop;

import org.jspecify.annotations.Nullable;

/**
 * What the calling thread is to the event loop that it runs, and how it can wait for what
 * that loop has to read: another thread goes on with the loop then, as with any that is
 * late, but at once.
 */
public final class LoopCaller {

	private LoopCaller() {
	}

	/**
	 * Returns whether the calling thread runs an event loop, or is late in what it served
	 * for one and nobody else serves that yet.
	 * @return {@code false} also when it has {@linkplain #leave() left}
	 */
	public static boolean isServing() {
		return Thread.currentThread() instanceof LoopThread thread && !thread.runner().hasLeft();
	}

	/**
	 * Has another thread run the loop that the calling one runs, which is about to wait.
	 * @return whether another one runs it; {@code false} when none may, see
	 * {@link EventLoop#mayWait()}, or none is to be had
	 */
	public static boolean handOver() {
		return Thread.currentThread() instanceof LoopThread thread && thread.runner().handOver();
	}

	/**
	 * The calling thread, which has {@linkplain #handOver() handed over} its loop, is
	 * inside its selectable for a while yet, but does no more what others must not do
	 * beside it: the loop serves the selectable again, as if the thread had returned.
	 */
	public static void leave() {
		if (Thread.currentThread() instanceof LoopThread thread) {
			thread.runner().leave();
		}
	}

	/**
	 * Returns whether the calling thread is inside a selectable that it has left.
	 * @return whether it is not to go on with what it was to do there
	 */
	public static boolean hasLeft() {
		return Thread.currentThread() instanceof LoopThread thread && thread.runner().hasLeft();
	}

	/**
	 * Returns the memory that the calling thread works with.
	 * @return the buffers of its runner; {@code null} when it runs no loop
	 */
	public static @Nullable LoopBuffers buffers() {
		return (Thread.currentThread() instanceof LoopThread thread) ? thread.runner().buffers() : null;
	}

}

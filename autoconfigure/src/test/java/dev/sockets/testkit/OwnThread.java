package dev.sockets.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Does something beside a test on a thread of its own. The common pool is none to wait
 * in: on a machine with two processors it has one thread, and from Java 25 on what comes
 * while that waits is done when it does not any more, which may be after the test.
 */
public final class OwnThread {

	private OwnThread() {
	}

	/**
	 * Runs something.
	 * @param task what to do
	 * @return completed when it is done, with what it has thrown
	 */
	public static CompletableFuture<Void> run(Runnable task) {
		return CompletableFuture.runAsync(task, OwnThread::start);
	}

	/**
	 * Asks for something.
	 * @param <T> what
	 * @param question tells it
	 * @return completed with it, or with what was thrown
	 */
	public static <T> CompletableFuture<T> call(Supplier<T> question) {
		return CompletableFuture.supplyAsync(question, OwnThread::start);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "own-thread");
		thread.setDaemon(true);
		thread.start();
	}

}

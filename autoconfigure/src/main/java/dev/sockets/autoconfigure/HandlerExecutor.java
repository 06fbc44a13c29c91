package dev.sockets.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.CustomizableThreadCreator;

/**
 * Runs handlers that the event loops don't run.
 */
final class HandlerExecutor implements Executor, DisposableBean {

	private static final String THREAD_NAME = "sockets-handler-";

	private final Executor executor;

	private final Runnable shutdown;

	private HandlerExecutor(Executor executor, Runnable shutdown) {
		this.executor = executor;
		this.shutdown = shutdown;
	}

	static HandlerExecutor virtual() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME);
		executor.setVirtualThreads(true);
		return new HandlerExecutor(executor, executor::close);
	}

	/**
	 * A connection is in the queue at most once, so the queue needs no bound of its own.
	 */
	static HandlerExecutor platform(int size) {
		CustomizableThreadCreator threads = new CustomizableThreadCreator(THREAD_NAME);
		threads.setDaemon(true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(size, size, 60, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), threads::createThread);
		executor.allowCoreThreadTimeOut(true);
		return new HandlerExecutor(executor, executor::shutdownNow);
	}

	@Override
	public void execute(Runnable handler) {
		this.executor.execute(handler);
	}

	@Override
	public void destroy() {
		this.shutdown.run();
	}

}

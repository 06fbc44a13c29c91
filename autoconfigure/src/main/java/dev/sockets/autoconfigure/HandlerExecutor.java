package dev.sockets.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.CustomizableThreadCreator;

/**
 * Runs handlers that the event loops don't run: those of each endpoint on no more than so
 * many threads.
 */
final class HandlerExecutor implements Executor, DisposableBean {

	private static final String THREAD_NAME = "sockets-handler-";

	private final Supplier<Executor> shares;

	/** For who is no endpoint. */
	private final Executor share;

	private final Runnable shutdown;

	private HandlerExecutor(Supplier<Executor> shares, Runnable shutdown) {
		this.shares = shares;
		this.share = shares.get();
		this.shutdown = shutdown;
	}

	static HandlerExecutor virtual() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME);
		executor.setVirtualThreads(true);
		return new HandlerExecutor(() -> executor, executor::close);
	}

	static HandlerExecutor platform(int most) {
		CustomizableThreadCreator threads = new CustomizableThreadCreator(THREAD_NAME);
		threads.setDaemon(true);
		ThreadPoolExecutor pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads::createThread);
		return new HandlerExecutor(() -> new EndpointThreads(pool, most), pool::shutdownNow);
	}

	/**
	 * Returns what runs the handlers of one run of an endpoint. Stopping interrupts
	 * handlers that do not end; each restart costs as many threads as there are some that
	 * do not heed even that, at most one share, until they return or the application
	 * ends.
	 * @return threads that handlers of other endpoints, and of former runs, can't use up
	 */
	Executor forRun() {
		return this.shares.get();
	}

	@Override
	public void execute(Runnable handler) {
		this.share.execute(handler);
	}

	@Override
	public void destroy() {
		this.shutdown.run();
	}

}

package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for the work that connections need done, apart from those of handlers, which
 * may all be blocked. They end when there is nothing to do; what they wait for does not
 * hold up the end of the application.
 */
public final class BackgroundThreads implements Executor {

	/** Threads at a time; what comes then waits. */
	public static final int MOST = 16;

	private static final int IDLE_MILLIS = 100;

	private final AtomicInteger sequence = new AtomicInteger();

	private final String name;

	private final ThreadPoolExecutor threads;

	/**
	 * Creates up to {@value #MOST} threads.
	 * @param name the beginning of their names
	 */
	public BackgroundThreads(String name) {
		this(name, MOST);
	}

	BackgroundThreads(String name, int most) {
		this.name = name;
		this.threads = new ThreadPoolExecutor(most, most, IDLE_MILLIS, TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), this::thread);
		this.threads.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	private Thread thread(Runnable work) {
		Thread thread = new Thread(work, this.name + "-" + this.sequence.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}

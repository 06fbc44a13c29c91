package dev.sockets.runtime.tcp;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Sends numbered lines at a rate until it is closed.
 */
final class Numbered implements AutoCloseable {

	private final Consumer<String> target;

	private final long pauseNanos;

	private final Thread thread;

	private final List<Long> begunAt = new ArrayList<>();

	private final List<Long> sentAt = new ArrayList<>();

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private volatile boolean over;

	private volatile long longestWaitMillis;

	private volatile long longestNanos;

	Numbered(Consumer<String> target, int ratePerSecond) {
		this.target = target;
		this.threads.setThreadContentionMonitoringEnabled(true);
		this.pauseNanos = 1_000_000_000L / ratePerSecond;
		this.thread = new Thread(this::run, "numbered");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		long next = System.nanoTime();
		for (int i = 0; !this.over; i++) {
			long begun = System.nanoTime();
			this.begunAt.add(begun);
			long waited = waitedMillis();
			this.target.accept(String.valueOf(i));
			long sent = System.nanoTime();
			this.sentAt.add(sent);
			this.longestWaitMillis = Math.max(this.longestWaitMillis, waitedMillis() - waited);
			this.longestNanos = Math.max(this.longestNanos, sent - begun);
			next += this.pauseNanos;
			LockSupport.parkNanos(next - System.nanoTime());
		}
	}

	/** Returns how long the longest call took. */
	Duration longest() {
		return Duration.ofNanos(this.longestNanos);
	}

	/** Returns for how long the thread has not wanted to run. */
	private long waitedMillis() {
		ThreadInfo info = this.threads.getThreadInfo(Thread.currentThread().getId());
		return info.getBlockedTime() + info.getWaitedTime();
	}

	/**
	 * Returns how long one of the calls has waited for something at most, which a
	 * processor is not.
	 */
	Duration longestWait() {
		return Duration.ofMillis(this.longestWaitMillis);
	}

	/** Returns when each call had returned, once it has stopped. */
	List<Long> sentAt() {
		return this.sentAt;
	}

	/** Stops, and returns when each call began, as {@code System.nanoTime()}. */
	List<Long> stop() {
		this.over = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.begunAt;
	}

	@Override
	public void close() {
		stop();
	}

}

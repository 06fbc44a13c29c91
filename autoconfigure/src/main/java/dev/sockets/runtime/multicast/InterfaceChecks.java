package dev.sockets.runtime.multicast;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.sockets.runtime.SafeLog;

/**
 * Has receivers and senders look at the network interfaces from time to time, on a thread
 * that there is only while one of them wants it.
 */
final class InterfaceChecks {

	private static final SafeLog logger = SafeLog.of(InterfaceChecks.class);

	private final ScheduledThreadPoolExecutor scheduler;

	private final long nanos;

	InterfaceChecks(Duration interval) {
		this.nanos = interval.toNanos();
		this.scheduler = new ScheduledThreadPoolExecutor(1, InterfaceChecks::thread);
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setKeepAliveTime(100, TimeUnit.MILLISECONDS);
		this.scheduler.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "sockets-multicast-interfaces");
		thread.setDaemon(true);
		return thread;
	}

	/** Looks again and again, also after that has failed, until it is cancelled. */
	ScheduledFuture<?> repeat(Runnable check) {
		return this.scheduler.scheduleWithFixedDelay(() -> tryOnce(check), this.nanos, this.nanos,
				TimeUnit.NANOSECONDS);
	}

	private static void tryOnce(Runnable check) {
		try {
			check.run();
		}
		catch (Throwable ex) {
			logger.error("Looking at the network interfaces failed; it is tried again", ex);
		}
	}

}

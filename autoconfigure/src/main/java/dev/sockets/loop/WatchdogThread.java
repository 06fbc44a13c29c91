package dev.sockets.loop;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of the watchdog, which keeps the JVM alive; when it has died another one
 * goes on. Open to all threads.
 */
final class WatchdogThread {

	private final Runnable watchdog;

	private final ThreadFactory threads;

	private volatile Thread present;

	WatchdogThread(Runnable watchdog, ThreadFactory threads) {
		this.watchdog = watchdog;
		this.threads = threads;
		this.present = newThread();
	}

	private Thread newThread() {
		Thread thread = this.threads.newThread(this.watchdog);
		thread.setDaemon(false);
		return thread;
	}

	void start() {
		this.present.start();
	}

	void unpark() {
		LockSupport.unpark(this.present);
	}

	boolean hasDied() {
		return this.present.getState() == Thread.State.TERMINATED;
	}

	/** Goes on with another thread if the present one has died. */
	synchronized void revive() {
		if (hasDied()) {
			Thread thread = newThread();
			thread.start();
			this.present = thread;
		}
	}

}

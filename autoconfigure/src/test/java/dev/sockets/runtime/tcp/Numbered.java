package dev.sockets.runtime.tcp;

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

	private final List<Long> sentAt = new ArrayList<>();

	private volatile boolean over;

	private volatile long longestNanos;

	Numbered(Consumer<String> target, int ratePerSecond) {
		this.target = target;
		this.pauseNanos = 1_000_000_000L / ratePerSecond;
		this.thread = new Thread(this::run, "numbered");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		long next = System.nanoTime();
		for (int i = 0; !this.over; i++) {
			long begun = System.nanoTime();
			this.sentAt.add(begun);
			this.target.accept(String.valueOf(i));
			this.longestNanos = Math.max(this.longestNanos, System.nanoTime() - begun);
			next += this.pauseNanos;
			LockSupport.parkNanos(next - System.nanoTime());
		}
	}

	/** Returns how long the longest call took. */
	Duration longest() {
		return Duration.ofNanos(this.longestNanos);
	}

	/** Stops, and returns when each line was sent, as {@code System.nanoTime()}. */
	List<Long> stop() {
		this.over = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.sentAt;
	}

	@Override
	public void close() {
		stop();
	}

}

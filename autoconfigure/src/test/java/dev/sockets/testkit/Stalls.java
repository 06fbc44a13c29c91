package dev.sockets.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the machine keeps back from threads that could run, measured while a test measures
 * something else. A bound in numbers is for a machine with a free processor; what was
 * kept back is added to it, which is next to nothing where there is one:
 *
 * <pre class="code">
 * try (Stalls stalls = new Stalls()) {
 *     Duration took = ...;
 *     assertThat(took).isLessThan(Duration.ofSeconds(1).plus(stalls.total()));
 * }
 * </pre>
 */
public final class Stalls implements AutoCloseable {

	private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** Timers are that inexact on an idle machine, too. */
	private static final long INEXACT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final Thread thread = new Thread(this::measure, "stalls");

	private volatile long longest;

	private volatile long total;

	private volatile boolean closed;

	/** Begins to measure. */
	public Stalls() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void measure() {
		while (!this.closed) {
			long start = System.nanoTime();
			LockSupport.parkNanos(NAP_NANOS);
			long late = System.nanoTime() - start - NAP_NANOS;
			if (late > INEXACT_NANOS) {
				this.total += late;
				this.longest = Math.max(this.longest, late);
			}
		}
	}

	/**
	 * Returns the longest time a thread had to wait for a processor.
	 * @return zero unless the machine was busy
	 */
	public Duration longest() {
		return Duration.ofNanos(this.longest);
	}

	/**
	 * Returns how long a thread has waited for a processor altogether, for what passes
	 * through several threads one after another.
	 * @return zero unless the machine was busy
	 */
	public Duration total() {
		return Duration.ofNanos(this.total);
	}

	@Override
	public void close() {
		this.closed = true;
	}

}

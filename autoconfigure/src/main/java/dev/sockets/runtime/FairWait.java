package dev.sockets.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what a peer is to send. When the whole JVM did not run meanwhile, the time is
 * over before anybody could read what has come.
 */
public final class FairWait {

	/** Who wakes up this much later than planned was kept from it. */
	private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private FairWait() {
	}

	/**
	 * Waits for a result; once more when the thread was kept from waking up in time.
	 * @param <T> the type of the result
	 * @param result what to wait for
	 * @param nanos how long to wait
	 * @return the result
	 * @throws InterruptedException when the thread is interrupted
	 * @throws ExecutionException when it is a failure
	 * @throws TimeoutException when there is none in time
	 */
	public static <T> T get(CompletableFuture<T> result, long nanos)
			throws InterruptedException, ExecutionException, TimeoutException {
		long start = System.nanoTime();
		try {
			return result.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			long late = System.nanoTime() - start - nanos;
			if (late < LATE_NANOS) {
				throw ex;
			}
			return result.get(Math.min(late, nanos), TimeUnit.NANOSECONDS);
		}
	}

}

package dev.sockets.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Tells the listeners of one endpoint, in order and on a thread of its own, what happens
 * where nobody can wait for them: while it accepts, connects, or looks after its sockets.
 * Only so many events wait; more are dropped and counted. The thread ends when there is
 * nothing to tell.
 */
final class EventQueue {

	/** Events that wait at a time, if nothing else is said. */
	static final int MOST = 1024;

	/** How long others wait for a listener, so that they see events in order. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** How long they wait when it is not one listener that is late, but the machine. */
	private static final long MOST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final int IDLE_MILLIS = 100;

	private static final SafeLog logger = SafeLog.of(EventQueue.class);

	private final Supplier<String> endpoint;

	private final int most;

	private final ThreadPoolExecutor thread;

	private final LongAdder dropped = new LongAdder();

	private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

	/** What waits or is being told. */
	private final AtomicInteger pending = new AtomicInteger();

	/** The thread that tells, while it does. */
	private volatile Object teller = this;

	/** When the listener was called who is told. */
	private volatile long toldSince;

	/** Whether somebody has waited for a listener in vain since it was called. */
	private volatile boolean stuck;

	/**
	 * Creates an empty queue.
	 * @param endpoint tells the endpoint's name, once it has one
	 */
	EventQueue(Supplier<String> endpoint) {
		this(endpoint, MOST);
	}

	/**
	 * Creates an empty queue.
	 * @param endpoint tells the endpoint's name, once it has one
	 * @param most how many events wait at a time
	 */
	EventQueue(Supplier<String> endpoint, int most) {
		this.endpoint = endpoint;
		this.most = most;
		this.thread = new ThreadPoolExecutor(1, 1, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(most),
				(work) -> daemon(work, "sockets-events-" + endpoint.get()));
		this.thread.allowCoreThreadTimeOut(true);
	}

	private static Thread daemon(Runnable work, String name) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Returns how many events were dropped, as listeners were late.
	 * @return the number so far
	 */
	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Tells something when its turn comes; at once when a listener calls, who is told by
	 * this queue.
	 * @param news tells it
	 * @return whether it will be told
	 */
	boolean tell(Runnable news) {
		if (this.teller == Thread.currentThread()) {
			news.run();
			return true;
		}
		this.pending.incrementAndGet();
		try {
			this.thread.execute(() -> run(news));
			return true;
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			this.pending.decrementAndGet();
			this.dropped.increment();
			warn();
			return false;
		}
	}

	private void run(Runnable news) {
		this.toldSince = System.nanoTime();
		this.teller = Thread.currentThread();
		try {
			Callbacks.run(news);
		}
		catch (Throwable ex) {
			logger.error("An event of '" + this.endpoint.get() + "' could not be told", ex);
		}
		finally {
			this.teller = this;
			this.stuck = false;
			this.pending.decrementAndGet();
			Thread.interrupted();
		}
	}

	private void warn() {
		long now = System.nanoTime();
		long next = this.nextWarning.get();
		if (now - next >= 0 && this.nextWarning.compareAndSet(next, now + WARNING_NANOS)) {
			logger.warn("Listeners of '" + this.endpoint.get() + "' are late, and more than " + this.most
					+ " events wait for them; more of those are counted only, for a while");
		}
	}

	/**
	 * Tells something and then does something else, which waits for a listener that is
	 * late only for a second, and for a thread to call it on for five.
	 * @param news tells it
	 * @param then what to do then, on any thread
	 */
	void tell(Runnable news, Runnable then) {
		AtomicBoolean done = new AtomicBoolean();
		Runnable once = () -> {
			if (done.compareAndSet(false, true)) {
				then.run();
			}
		};
		boolean waits = false;
		try {
			waits = tell(() -> {
				try {
					news.run();
				}
				finally {
					once.run();
				}
			}) && !this.stuck;
			if (waits && !done.get()) {
				loseWith(once, done);
			}
		}
		finally {
			if (!waits) {
				once.run();
			}
		}
	}

	/** Loses patience with a listener, but not while nobody was called. */
	private void loseWith(Runnable once, AtomicBoolean done) {
		loseWith(once, done, System.nanoTime(), PATIENCE_NANOS);
	}

	private void loseWith(Runnable once, AtomicBoolean done, long since, long delay) {
		CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS, Runnable::run).execute(() -> {
			if (done.get()) {
				return;
			}
			long now = System.nanoTime();
			long late = (this.teller != this) ? now - this.toldSince : 0;
			if (late >= PATIENCE_NANOS || now - since >= MOST_PATIENCE_NANOS) {
				this.stuck = true;
				Stop.onThread(once, "sockets-late-" + this.endpoint.get());
			}
			else {
				loseWith(once, done, since, PATIENCE_NANOS - late);
			}
		});
	}

	/**
	 * Waits for what is to be told, but for late listeners only for a while.
	 * @return completed when all that waits now was told
	 */
	CompletableFuture<Void> whenTold() {
		CompletableFuture<Void> told = new CompletableFuture<>();
		if (this.pending.get() == 0) {
			told.complete(null);
			return told;
		}
		tell(() -> {
		}, () -> told.complete(null));
		return told;
	}

}

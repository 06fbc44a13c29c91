package dev.sockets.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches the runners of event loops, one look each tick of about two milliseconds, and
 * keeps the coarse time. Sleeps while nothing happens.
 */
final class Watchdog implements Runnable {

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int QUIET_TICKS = 50;

	private final LoopClock clock;

	private final List<EventLoop> loops = new CopyOnWriteArrayList<>();

	private final VisitedSelectables visited = new VisitedSelectables();

	private final WatchdogThread thread;

	private volatile long tick = 1;

	/** Whether somebody cannot wait for the next tick. */
	private volatile boolean asked;

	private long tickedAt = System.nanoTime();

	private volatile boolean dormant;

	private volatile boolean active;

	private volatile boolean running = true;

	Watchdog(LoopClock clock, String name) {
		this(clock, (task) -> new Thread(task, name));
	}

	Watchdog(LoopClock clock, ThreadFactory threads) {
		this.clock = clock;
		this.thread = new WatchdogThread(this, threads);
	}

	/**
	 * Returns how many ticks a runner may be inside one selectable. A thread that waits
	 * has blocked; one that could run may just have no processor.
	 * @param thread the runner's thread
	 * @return the number of ticks
	 */
	static int patience(Thread thread) {
		return (thread.getState() == Thread.State.RUNNABLE) ? 6 : 2;
	}

	void start() {
		this.thread.start();
		this.clock.running(true);
	}

	/** Goes on with another thread if the present one has died. Called by the loops. */
	void revive() {
		if (this.running && this.thread.hasDied()) {
			this.thread.revive();
		}
	}

	/**
	 * Returns how many threads are missing.
	 * @return the number of loops that nobody runs, and one more when nobody watches them
	 */
	int dead() {
		return (int) this.loops.stream().filter(EventLoop::hasDied).count() + (this.thread.hasDied() ? 1 : 0);
	}

	/** Stops all loops, and watches them no more. */
	void stop() {
		this.loops.forEach(EventLoop::stop);
		this.clock.running(false);
		this.running = false;
		this.thread.unpark();
	}

	/** Watches a loop too, which is to be started. */
	void watch(EventLoop loop) {
		this.loops.add(loop);
	}

	void forget(EventLoop loop) {
		this.loops.remove(loop);
	}

	/** Returns how much the largest of all holds; 0 while there is room. */
	long largestHeld() {
		long largest = 0;
		for (EventLoop loop : this.loops) {
			largest = Math.max(largest, loop.ticks().largestHeld());
		}
		return largest;
	}

	/** Returns how many selectables there are, of all loops. */
	int watched() {
		int watched = 0;
		for (EventLoop loop : this.loops) {
			watched += loop.selector().keys().size();
		}
		return watched;
	}

	LoopClock clock() {
		return this.clock;
	}

	long tick() {
		return this.tick;
	}

	/** A loop has something to do. */
	void awake() {
		if (!this.active) {
			this.active = true;
			if (this.dormant) {
				this.clock.refresh();
				this.thread.unpark();
			}
		}
	}

	/** A runner wants its loop to be taken from it at once. */
	void lookNow() {
		this.asked = true;
		this.thread.unpark();
	}

	/** Returns what threads are inside of that no lease tells of. */
	VisitedSelectables visited() {
		return this.visited;
	}

	@Override
	public void run() {
		int quiet = 0;
		while (this.running) {
			try {
				LockSupport.parkNanos(this, TICK_NANOS);
				count();
				this.clock.refresh();
				quiet = look() ? 0 : quiet + 1;
				if (quiet > QUIET_TICKS) {
					sleep();
					quiet = 0;
				}
			}
			catch (Throwable ex) {
				lookAgainLater(ex);
			}
		}
	}

	/** A look that somebody has asked for comes between two ticks. */
	private void count() {
		long now = System.nanoTime();
		if (!this.asked || now - this.tickedAt >= TICK_NANOS) {
			this.tickedAt = now;
			this.tick++;
		}
		this.asked = false;
	}

	/** Most likely there is no memory for another thread, for now. */
	private void lookAgainLater(Throwable failure) {
		FailureLog.log("An event loop cannot go on for now", failure);
		LockSupport.parkNanos(this, NAP_NANOS);
	}

	private boolean look() {
		boolean busy = this.active;
		this.active = false;
		busy |= isAnyBusy();
		busy |= this.visited.flush();
		return busy;
	}

	private void sleep() {
		this.dormant = true;
		while (!this.active && this.visited.isEmpty() && this.running) {
			LockSupport.parkNanos(this, NAP_NANOS);
			if (isAnyBusy()) {
				break;
			}
		}
		this.dormant = false;
	}

	/** Deadlines wake nobody, but what they end may tell the application. */
	private boolean isAnyBusy() {
		boolean busy = false;
		for (EventLoop loop : this.loops) {
			busy |= loop.watch(this.tick);
		}
		return busy;
	}

}

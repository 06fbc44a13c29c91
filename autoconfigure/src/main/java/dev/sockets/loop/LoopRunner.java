package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs an event loop on one thread until the loop stops, or until it is late in one
 * selectable and the watchdog has given the loop to another runner. The selector and the
 * selectables belong to the loop; the thread, the buffers and the list of what is ready
 * belong to the runner.
 */
public final class LoopRunner implements Runnable, Consumer<SelectionKey> {

	private static final int MOST_SIGNALS = 256;

	/** So many are touched at once; what they work with fits the caches of a core. */
	private static final int TOUCHED = 16;

	private static final long HAND_OVER_LOOK = TimeUnit.MICROSECONDS.toNanos(50);

	private static final long LONGEST_HAND_OVER = TimeUnit.SECONDS.toNanos(1);

	private final EventLoop loop;

	private final Watchdog watchdog;

	private final Lease lease = new Lease();

	private final SignalQueue signals;

	private final LoopTicks ticks;

	private final LoopEnd end;

	private final LoopBuffers buffers;

	private Registration[] ready;

	private int next;

	private int count;

	private long selectedAt;

	/** Never read: kept so that the compiler does not find touching useless. */
	@SuppressWarnings("unused")
	private long touched;

	/** Belongs to the queue of signals. */
	private @Nullable LoopRunner nextLeft;

	/** Used by the runner's thread only. */
	private boolean left;

	/**
	 * Creates a runner.
	 * @param loop the loop to run
	 * @param watchdog watches the runner
	 * @param ready what an earlier runner found ready and did not come to
	 */
	LoopRunner(EventLoop loop, Watchdog watchdog, Registration[] ready) {
		this.loop = loop;
		this.watchdog = watchdog;
		this.signals = loop.signals();
		this.ticks = loop.ticks();
		this.end = loop.end();
		this.buffers = loop.buffers().take();
		this.count = ready.length;
		this.ready = (ready.length > 0) ? ready : new Registration[64];
		this.selectedAt = loop.nanos();
	}

	Lease lease() {
		return this.lease;
	}

	@Nullable LoopRunner nextLeft() {
		return this.nextLeft;
	}

	void nextLeft(@Nullable LoopRunner next) {
		this.nextLeft = next;
	}

	/**
	 * Returns the memory to work with while the calling thread serves a selectable.
	 * @return the buffers
	 */
	public LoopBuffers buffers() {
		return this.buffers;
	}

	/**
	 * What the calling thread does from now on may take long. Another one serves the loop
	 * when it does. To be called only while it serves an unguarded selectable.
	 */
	public void beginHandling() {
		this.lease.guard(this.watchdog.tick());
	}

	/**
	 * Ends what may take long.
	 * @return {@code false} when another thread serves the loop; the selectable is to
	 * return soon then, and to read no more
	 */
	public boolean endHandling() {
		return this.lease.unguard();
	}

	/**
	 * Says whether another thread should serve the loop as soon as this one does what may
	 * take long, as it is worth that.
	 * @param offered whether it should
	 */
	public void offer(boolean offered) {
		this.lease.offer(offered);
	}

	/**
	 * Has another thread serve the loop at once, as the calling one is about to wait for
	 * what the loop is to read. Called inside a selectable.
	 * @return whether another one serves it; {@code false} when none may, or none is to
	 * be had
	 */
	boolean handOver() {
		if (this.lease.since() > 0) {
			awaitSuccessor();
		}
		return this.lease.isTaken();
	}

	private void awaitSuccessor() {
		boolean offered = this.lease.isOffered();
		long start = System.nanoTime();
		this.lease.offer(true);
		while (!this.lease.isTaken() && !Thread.currentThread().isInterrupted()
				&& System.nanoTime() - start < LONGEST_HAND_OVER) {
			this.watchdog.lookNow();
			LockSupport.parkNanos(this, HAND_OVER_LOOK);
		}
		this.lease.offer(offered);
	}

	/**
	 * The calling thread, which is late, is inside its selectable for a while yet, but
	 * does no more what others must not do beside it: it is served again.
	 */
	void leave() {
		this.left = true;
		this.loop.giveBack(this);
	}

	/**
	 * Returns whether the calling thread is inside a selectable that it has left.
	 * @return whether it is
	 */
	boolean hasLeft() {
		return this.left;
	}

	/**
	 * Reports a failure of what was called, after which the caller goes on.
	 * @param cause what was thrown
	 */
	public void fail(Throwable cause) {
		this.loop.fail(cause);
	}

	/**
	 * Returns what is ready and was not come to. Only for the watchdog, after it has
	 * taken the lease.
	 * @return a copy of the list
	 */
	Registration[] remaining() {
		return Arrays.copyOfRange(this.ready, this.next, this.count);
	}

	/**
	 * Returns the time until which everything that arrived has been read.
	 * @return the time, as {@link EventLoop#nanos()}
	 */
	long selectedAt() {
		return this.selectedAt;
	}

	@Override
	public void accept(SelectionKey key) {
		if (this.count == this.ready.length) {
			this.ready = Arrays.copyOf(this.ready, this.count * 2);
		}
		this.ready[this.count++] = (Registration) key.attachment();
	}

	@Override
	public void run() {
		while (!this.end.isDue() && servesAll()) {
			try {
				select();
			}
			catch (Throwable ex) {
				if (!this.end.isDue()) {
					this.loop.selectorFailed(ex);
				}
			}
		}
		if (this.end.isDue()) {
			this.end.finish(this);
		}
	}

	/**
	 * Serves what is ready and what was signalled.
	 * @return {@code false} when the loop has gone on without this runner
	 */
	private boolean servesAll() {
		try {
			if (serveReady() && serveSignals()) {
				return true;
			}
		}
		catch (Throwable ex) {
			this.loop.fail(ex);
			return true;
		}
		this.loop.buffers().giveBack(this.buffers);
		return false;
	}

	private void select() throws IOException {
		LoopTime time = this.loop.time();
		long now = System.nanoTime();
		time.look(now);
		this.selectedAt = time.at(now);
		if (time.isTickDue(now)) {
			this.ticks.ticker().signal(Ticker.TICK);
		}
		long timeout = Math.min(this.loop.sendDue(now), time.untilTick(now));
		this.next = 0;
		this.count = 0;
		this.loop.selector().select(this, timeout);
		time.look(System.nanoTime());
		if (this.count > 0) {
			this.watchdog.awake();
		}
	}

	private boolean serveReady() {
		int untouched = this.next;
		while (this.next < this.count) {
			if (this.next == untouched) {
				untouched = touch(untouched);
			}
			Registration registration = this.ready[this.next++];
			int operations = registration.readyOperations();
			if (operations != 0 && !serve(registration, operations)) {
				return false;
			}
		}
		Arrays.fill(this.ready, 0, this.count, null);
		return true;
	}

	/**
	 * Touches the next that are ready. It pays from the second one on.
	 * @return the first one that is left
	 */
	private int touch(int from) {
		int end = Math.min(this.count, from + TOUCHED);
		long touched = 0;
		for (int i = from + 1; i < end; i++) {
			touched += this.ready[i].selectable().touch();
		}
		this.touched = touched;
		return end;
	}

	private boolean serveSignals() {
		this.signals.releaseLeft();
		for (int i = 0; i < MOST_SIGNALS; i++) {
			Registration registration = this.signals.next();
			if (registration == null) {
				return true;
			}
			if (registration != this.ticks.ticker()) {
				this.watchdog.awake();
			}
			if (!serve(registration, 0)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Serves one selectable. What it gets is decided before the lease begins, while the
	 * loop is certainly this runner's. Signals are taken only of one that comes from
	 * their queue: another one is still in it.
	 * @param operations for what its socket is ready; 0 when it comes from that queue
	 * @return {@code false} when the loop has gone on without this runner
	 */
	private boolean serve(Registration registration, int operations) {
		int allowed = registration.allowed(operations);
		int signals = (operations == 0) ? registration.takeSignals() : 0;
		if (allowed == 0 && signals == 0) {
			return true;
		}
		this.lease.begin(registration, this.watchdog.tick());
		try {
			if (allowed != 0) {
				registration.selectable().ready(allowed, this);
			}
			else {
				registration.selectable().signalled(signals, this);
				registration.stir();
			}
		}
		catch (Throwable ex) {
			this.loop.fail(ex);
		}
		Thread.interrupted();
		if (this.lease.end()) {
			return true;
		}
		if (!this.left) {
			this.loop.giveBack(this);
		}
		this.left = false;
		return false;
	}

}

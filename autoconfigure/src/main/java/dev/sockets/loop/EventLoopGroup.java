package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The event loops of an application, shared by its endpoints. They run from the first
 * {@link #acquire()} to the last {@link #release()}, on threads that keep the JVM alive.
 */
public final class EventLoopGroup {

	private final int size;

	private final LoopSelector.Source selectors;

	/** Of loops that are no shared ones. */
	private final LoopSelector.Source ownSelectors;

	private final MemoryBudget memory;

	private final LoopEngine engine;

	private final LoopClock clock = new LoopClock();

	private final AtomicInteger next = new AtomicInteger();

	private int users;

	private volatile List<EventLoop> loops = List.of();

	private @Nullable Watchdog watchdog;

	/**
	 * Creates loops; they have no threads until they are used.
	 * @param size how many loops, at least one
	 * @param memory how much may be kept for peers
	 * @param engine opens the selectors and stream sockets of the shared loops
	 */
	public EventLoopGroup(int size, MemoryBudget memory, LoopEngine engine) {
		this(size, memory, engine, engine.provider()::openSelector, Selector::open);
	}

	EventLoopGroup(int size, LoopSelector.Source selectors) {
		this(size, MemoryBudget.ofHeap(), LoopEngine.nio(), selectors, selectors);
	}

	private EventLoopGroup(int size, MemoryBudget memory, LoopEngine engine, LoopSelector.Source selectors,
			LoopSelector.Source ownSelectors) {
		if (size < 1) {
			throw new IllegalArgumentException("There must be at least one event loop, not " + size);
		}
		this.size = size;
		this.memory = memory;
		this.engine = engine;
		this.selectors = selectors;
		this.ownSelectors = ownSelectors;
	}

	/**
	 * Starts the loops unless they are running.
	 * @throws IOException when a selector cannot be opened; nothing is left open then
	 */
	public synchronized void acquire() throws IOException {
		if (this.users == 0) {
			start(new Watchdog(this.clock, "sockets-watchdog"));
		}
		this.users++;
	}

	private void start(Watchdog watchdog) throws IOException {
		List<EventLoop> loops = new ArrayList<>();
		try {
			for (int i = 1; i <= this.size; i++) {
				loops.add(new EventLoop("sockets-loop-" + i, watchdog, this.selectors, this.memory));
			}
			this.memory.usedBy(watchdog::watched);
			loops.forEach(EventLoop::start);
			watchdog.start();
		}
		catch (Throwable ex) {
			loops.forEach(EventLoop::stop);
			throw ex;
		}
		this.loops = List.copyOf(loops);
		this.watchdog = watchdog;
	}

	/** Stops the loops when nobody else uses them. */
	public synchronized void release() {
		this.users--;
		Watchdog watchdog = this.watchdog;
		if (this.users == 0 && watchdog != null) {
			this.watchdog = null;
			this.loops = List.of();
			watchdog.stop();
		}
	}

	/**
	 * Starts a loop for one user alone, beside the shared ones and watched like them.
	 * @param name the name of its threads
	 * @return the loop; it runs until it is {@linkplain EventLoop#stop() stopped}
	 * @throws IOException when a selector cannot be opened
	 * @throws IllegalStateException when the shared loops are not running
	 */
	public synchronized EventLoop openLoop(String name) throws IOException {
		Watchdog watchdog = this.watchdog;
		if (watchdog == null) {
			throw new IllegalStateException("The event loops are not running");
		}
		EventLoop loop = new EventLoop(name, watchdog, this.ownSelectors, this.memory);
		try {
			loop.start();
		}
		catch (Throwable ex) {
			loop.stop();
			throw ex;
		}
		return loop;
	}

	/**
	 * Returns the shared loops in turn.
	 * @return a loop
	 * @throws IllegalStateException when they are not running
	 */
	public EventLoop next() {
		List<EventLoop> loops = this.loops;
		if (loops.isEmpty()) {
			throw new IllegalStateException("The event loops are not running");
		}
		return loops.get(Math.floorMod(this.next.getAndIncrement(), loops.size()));
	}

	/** Returns what the shared loops get their sockets from. */
	public LoopEngine engine() {
		return this.engine;
	}

	/** Returns how much may be kept for peers, by all loops together. */
	public MemoryBudget memory() {
		return this.memory;
	}

	/**
	 * Returns how many loops, the watchdog among them, have no thread although they
	 * should. They get another one within a tenth of a second if there is any to be had.
	 * @return the number; 0 while the loops don't run
	 */
	public synchronized int dead() {
		Watchdog watchdog = this.watchdog;
		if (watchdog == null) {
			return 0;
		}
		return watchdog.dead();
	}

	/**
	 * Returns the time for deadlines, at no cost.
	 * @return a reading of {@code System.nanoTime()}, exact to a few milliseconds while
	 * the loops have work
	 */
	public long nanos() {
		return this.clock.nanos();
	}

	/**
	 * Returns the time for deadlines of peers that no loop serves yet. It stands still
	 * while the loops are held up, all together or the first of them.
	 * @return nanoseconds, to be compared with no other clock
	 */
	public long peerNanos() {
		List<EventLoop> loops = this.loops;
		return loops.isEmpty() ? nanos() : loops.get(0).nanos();
	}

	/**
	 * Returns what peers that no loop serves yet have to their credit because a loop was
	 * held up.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return how long ago, in nanoseconds, what comes now may have been begun
	 */
	public long credit(long now) {
		long credit = 0;
		for (EventLoop loop : this.loops) {
			credit = Math.max(credit, loop.credit(now));
		}
		return credit;
	}

	/**
	 * Returns a clock that costs nothing to ask.
	 * @return a clock, exact to a few milliseconds while the loops have work
	 */
	public Clock clock() {
		return this.clock.asClock();
	}

}

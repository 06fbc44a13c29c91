package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A selector and what it watches, run by one runner at a time.
 */
public final class EventLoop {

	/** How long a closed socket waits for its peer's end at most. */
	public static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Watchdog watchdog;

	private final LoopSelector selector;

	private final LoopTime time;

	private final MemoryBudget memory;

	private final Timers timers = new Timers();

	private final SignalQueue signals = new SignalQueue();

	private final SpareBuffers buffers = new SpareBuffers();

	private final LingerLimit lingering = new LingerLimit();

	private final RunnerSuccession runners;

	private final LoopTicks ticks;

	private final LoopEnd end = new LoopEnd(this);

	EventLoop(String name, Watchdog watchdog, LoopSelector.Source selectors, MemoryBudget memory) throws IOException {
		this(name, watchdog, selectors, memory, LoopThread::new);
	}

	EventLoop(String name, Watchdog watchdog, LoopSelector.Source selectors, MemoryBudget memory,
			LoopThread.Source threads) throws IOException {
		this.watchdog = watchdog;
		this.memory = memory;
		this.time = new LoopTime(watchdog.clock(), System.nanoTime());
		this.selector = new LoopSelector(selectors);
		this.ticks = new LoopTicks(this, watchdog);
		this.runners = new RunnerSuccession(this, watchdog, (runner) -> threads.create(runner, name));
	}

	/**
	 * Returns whether the calling thread may wait for something that an event loop does.
	 * @return {@code false} on a thread that runs a loop which nobody else would run
	 */
	public static boolean mayWait() {
		return !(Thread.currentThread() instanceof LoopThread thread)
				|| thread.runner().lease().since() != Lease.UNGUARDED;
	}

	/**
	 * Returns whether the calling thread runs an event loop, so that it lives long and
	 * may keep memory for its work.
	 * @return whether it does
	 */
	public static boolean isLoopThread() {
		return Thread.currentThread() instanceof LoopThread;
	}

	void start() {
		this.watchdog.watch(this);
		this.runners.launchFirst();
	}

	/**
	 * Ends the loop, once the peers of channels that were closed have closed theirs, or
	 * have taken too long for it. What is still registered then is closed.
	 */
	public void stop() {
		this.end.begin();
		if (this.runners.haveBegun()) {
			this.selector.wakeUp();
			this.runners.unpark();
		}
		else {
			this.end.close();
		}
	}

	LoopEnd end() {
		return this.end;
	}

	/** Everything is closed. Called at the end. */
	void ended() {
		this.watchdog.forget(this);
	}

	LoopSelector selector() {
		return this.selector;
	}

	SignalQueue signals() {
		return this.signals;
	}

	SpareBuffers buffers() {
		return this.buffers;
	}

	/**
	 * Returns what opens the sockets that the loop can serve.
	 * @return the provider of its selector
	 */
	public SelectorProvider provider() {
		return this.selector.present().provider();
	}

	/**
	 * Returns the time, as the watchdog last saw it.
	 * @return milliseconds since the epoch, exact to a few
	 */
	public long millis() {
		return this.watchdog.clock().millis();
	}

	/**
	 * Returns the time for deadlines of what the loop serves. It stands still while the
	 * loop is held up, so it is compared only with itself and what
	 * {@link Selectable#tick} is given, never with {@code System.nanoTime()}.
	 * @return nanoseconds since some moment, exact to a few milliseconds
	 */
	public long nanos() {
		return this.time.nanos();
	}

	/**
	 * Returns what the peers of what the loop serves have to their credit because it was
	 * held up, wherever that was: what they have sent meanwhile comes at once.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return how long ago, in nanoseconds, what comes now may have been sent
	 */
	public long credit(long now) {
		return this.time.credit(now);
	}

	/** Returns how much may be kept for peers, by all loops together. */
	public MemoryBudget memory() {
		return this.memory;
	}

	LoopTicks ticks() {
		return this.ticks;
	}

	LoopTime time() {
		return this.time;
	}

	/** Returns how many ticks of the watchdog there were, some milliseconds apart. */
	public long tick() {
		return this.watchdog.tick();
	}

	/** Says that something is to be done soon, so that the clocks are to be exact. */
	public void awake() {
		this.watchdog.awake();
	}

	/**
	 * A thread that is no loop's, or not any more, is inside a selectable and has or may
	 * have something to send: {@link Selectable#flushStale()} is called each tick, as
	 * that is not to wait for a handler that takes long.
	 */
	public void entered(Selectable selectable) {
		this.watchdog.visited().enter(selectable);
	}

	/** Such a thread has left a selectable. */
	public void left(Selectable selectable) {
		this.watchdog.visited().leave(selectable);
	}

	/**
	 * Makes the selector forget what was closed, which frees ports and descriptors.
	 * @throws IOException when the selector fails
	 */
	public void forgetClosed() throws IOException {
		this.selector.forgetClosed();
	}

	/**
	 * Returns whether the calling thread runs this loop and is not late.
	 * @return whether it serves what else is ready when it returns
	 */
	public boolean isRunByCaller() {
		return this.runners.isPresent(Thread.currentThread());
	}

	/** Makes the loop look at its selector again, unless the caller runs it. */
	public void wakeUp() {
		if (!isRunByCaller()) {
			this.selector.wakeUp();
		}
	}

	/** Signals wait for a selectable, where none did before. */
	void signalled(Registration registration) {
		this.signals.add(registration);
		wakeUp();
	}

	/**
	 * Sends a signal later.
	 * @param delayNanos how much later
	 * @param registration to whom
	 * @param signal its bits
	 */
	public void schedule(long delayNanos, Registration registration, int signal) {
		this.timers.add(System.nanoTime() + delayNanos, registration, signal);
		wakeUp();
	}

	/**
	 * Sends what is due by now.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return how long nothing else is due, in nanoseconds; 0 when signals wait
	 */
	long sendDue(long now) {
		long next = this.timers.send(now);
		return this.signals.isEmpty() ? next : 0;
	}

	/** A late runner, which is the caller's, has left the selectable it was inside. */
	void giveBack(LoopRunner runner) {
		this.runners.lateHasLeft();
		this.signals.leave(runner);
		this.selector.wakeUp();
	}

	/** As {@link RunnerSuccession#haveDied()}; the watchdog lets that not last. */
	boolean hasDied() {
		return this.runners.haveDied();
	}

	/** As {@link RunnerSuccession#watch}. */
	boolean watch(long tick) {
		return this.runners.watch(tick);
	}

	/**
	 * Asks to keep a descriptor for a while after its channel was closed. So that a flood
	 * does not use them up, only so many are kept.
	 * @return whether it may be kept
	 */
	public boolean beginLingering() {
		return this.lingering.begin();
	}

	/** A descriptor that was kept after its channel was closed is given back. */
	public void endLingering() {
		this.lingering.end();
	}

	/**
	 * Reports a failure after which the loop goes on, even if it cannot be reported.
	 * @param cause what was thrown
	 */
	public void fail(Throwable cause) {
		FailureLog.log("An event loop goes on after a failure", cause);
	}

	/**
	 * Replaces the selector, and gives it some time.
	 * @param cause what it has failed with
	 */
	void selectorFailed(Throwable cause) {
		fail(cause);
		LockSupport.parkNanos(this, this.selector.replace(this::fail));
	}

}

package dev.sockets.loop;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The event loops of an application, shared by its endpoints. They run from the first
 * {@link #acquire()} to the last {@link #release()}, on threads that keep the JVM alive.
 */
public final class EventLoopGroup {

	private final int size;

	private final AtomicInteger next = new AtomicInteger();

	private int users;

	private volatile List<EventLoop> loops = List.of();

	private volatile @Nullable Watchdog watchdog;

	/**
	 * Creates loops; they have no threads until they are used.
	 * @param size how many loops, at least one
	 */
	public EventLoopGroup(int size) {
		if (size < 1) {
			throw new IllegalArgumentException("There must be at least one event loop, not " + size);
		}
		this.size = size;
	}

	/**
	 * Starts the loops unless they are running.
	 * @throws IOException when a selector cannot be opened
	 */
	public synchronized void acquire() throws IOException {
		if (this.users == 0) {
			List<EventLoop> loops = new CopyOnWriteArrayList<>();
			Watchdog watchdog = new Watchdog(loops, "sockets-watchdog");
			for (int i = 1; i <= this.size; i++) {
				loops.add(new EventLoop("sockets-loop-" + i, watchdog));
			}
			loops.forEach(EventLoop::start);
			watchdog.start();
			this.loops = loops;
			this.watchdog = watchdog;
		}
		this.users++;
	}

	/** Stops the loops when nobody else uses them. */
	public synchronized void release() {
		this.users--;
		Watchdog watchdog = this.watchdog;
		if (this.users == 0 && watchdog != null) {
			this.loops.forEach(EventLoop::stop);
			watchdog.stop();
			this.watchdog = null;
			this.loops = List.of();
		}
	}

	/**
	 * Returns the loops in turn.
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

	/**
	 * Returns the time for deadlines, at no cost.
	 * @return a reading of {@code System.nanoTime()}, exact to a few milliseconds while
	 * the loops have work
	 */
	public long nanos() {
		Watchdog watchdog = this.watchdog;
		return (watchdog != null) ? watchdog.nanos() : System.nanoTime();
	}

	/**
	 * Returns a clock that costs nothing to ask.
	 * @return a clock, exact to a few milliseconds while the loops have work
	 */
	public Clock clock() {
		return new CoarseClock(ZoneOffset.UTC);
	}

	private final class CoarseClock extends Clock {

		private final ZoneId zone;

		CoarseClock(ZoneId zone) {
			this.zone = zone;
		}

		@Override
		public ZoneId getZone() {
			return this.zone;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return new CoarseClock(zone);
		}

		@Override
		public long millis() {
			Watchdog watchdog = EventLoopGroup.this.watchdog;
			return (watchdog != null) ? watchdog.millis() : System.currentTimeMillis();
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(millis());
		}

	}

}

package dev.sockets.loop;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The ticks of one loop: at each of them what it watches looks at its deadlines, but for
 * what is at rest, which does so once a second, or when it is stirred. So idle
 * connections cost next to nothing. Belongs to who runs the loop, but for
 * {@link #stirred} and {@link #largestHeld()}.
 */
final class LoopTicks {

	private static final int RESTING_TICKS = 10;

	private final EventLoop loop;

	private final Watchdog watchdog;

	private final MemoryRelief relief;

	/** The newest first, linked so that stirring needs no memory. */
	private final AtomicReference<@Nullable Registration> stirred = new AtomicReference<>();

	private List<Registration> busy = new ArrayList<>();

	/** How many ticks are left until all look. */
	private int untilAll;

	private volatile Registration ticker;

	LoopTicks(EventLoop loop, Watchdog watchdog) {
		this.loop = loop;
		this.watchdog = watchdog;
		this.relief = new MemoryRelief(loop.memory());
		this.ticker = newTicker();
	}

	private Registration newTicker() {
		return new Registration(this.loop, new Ticker(this));
	}

	/** Returns what is signalled to tick. */
	Registration ticker() {
		return this.ticker;
	}

	/** The present ticker is held up, so another one is to go on, with all. */
	void renewTicker() {
		this.untilAll = 0;
		this.ticker = newTicker();
	}

	/** One is at rest no more. Open to all threads. */
	void stirred(Registration registration) {
		Registration newest;
		do {
			newest = this.stirred.get();
			registration.nextStirred(newest);
		}
		while (!this.stirred.compareAndSet(newest, registration));
	}

	/**
	 * Lets everything that is not at rest look at its deadlines.
	 * @param now the loop's time until which everything that arrived has been read, as a
	 * deadline is not missed by a peer whose bytes wait for a loop that is late
	 */
	void tick(long now) {
		this.watchdog.clock().refresh();
		this.watchdog.revive();
		if (look(due(), now)) {
			this.relief.tick(this.loop.selector().keys(), this.watchdog);
		}
	}

	/**
	 * Has some look at their deadlines.
	 * @return {@code false} when that has taken so long that another ticker goes on
	 */
	private boolean look(List<Registration> due, long now) {
		Registration ticker = this.ticker;
		List<Registration> again = new ArrayList<>();
		this.busy = again;
		for (Registration registration : due) {
			boolean isAtRest = !registration.isWatched() || looks(registration, now);
			if (this.ticker != ticker) {
				return false;
			}
			if (!isAtRest) {
				again.add(registration);
			}
		}
		return true;
	}

	private boolean looks(Registration registration, long now) {
		try {
			return registration.tick(now);
		}
		catch (Throwable ex) {
			this.loop.fail(ex);
			return false;
		}
	}

	private List<Registration> due() {
		List<Registration> due = this.busy;
		Registration stirred = this.stirred.getAndSet(null);
		while (stirred != null) {
			due.add(stirred);
			Registration next = stirred.nextStirred();
			stirred.nextStirred(null);
			stirred = next;
		}
		this.untilAll--;
		return (this.untilAll > 0) ? due : all();
	}

	private List<Registration> all() {
		this.untilAll = RESTING_TICKS;
		List<Registration> all = new ArrayList<>();
		for (SelectionKey key : this.loop.selector().keys()) {
			all.add((Registration) key.attachment());
		}
		return all;
	}

	/** Returns how much the largest of what is watched holds; 0 while there is room. */
	long largestHeld() {
		return this.relief.largest();
	}

}

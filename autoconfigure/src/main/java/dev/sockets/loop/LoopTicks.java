package dev.sockets.loop;

import java.nio.channels.SelectionKey;

/**
 * The ticks of one loop: at each of them everything that it watches looks at its
 * deadlines. Belongs to who runs the loop, but for {@link #largestHeld()}.
 */
final class LoopTicks {

	private final EventLoop loop;

	private final Watchdog watchdog;

	private final MemoryRelief relief;

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

	/** The present ticker is held up, so another one is to go on. */
	void renewTicker() {
		this.ticker = newTicker();
	}

	/**
	 * Lets everything look at its deadlines.
	 * @param now the loop's time until which everything that arrived has been read, as a
	 * deadline is not missed by a peer whose bytes wait for a loop that is late
	 */
	void tick(long now) {
		this.watchdog.clock().refresh();
		this.watchdog.revive();
		for (SelectionKey key : this.loop.selector().keys()) {
			tick((Registration) key.attachment(), now);
		}
		this.relief.tick(this.loop.selector().keys(), this.watchdog);
	}

	private void tick(Registration registration, long now) {
		try {
			registration.selectable().tick(now);
		}
		catch (Throwable ex) {
			this.loop.fail(ex);
		}
	}

	/** Returns how much the largest of what is watched holds; 0 while there is room. */
	long largestHeld() {
		return this.relief.largest();
	}

}

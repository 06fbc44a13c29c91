package dev.sockets.runtime.backplane;

/**
 * Whether another node, which is heard, says that it hears this one. Where it does not
 * for long, what this node publishes goes elsewhere, as to a Redis that is a replica now.
 * Times are counted in ticks of the {@link EchoClock}. Guarded by {@link Peers}.
 */
final class Reach {

	/** A new connection has not helped; it is not made again and again. */
	private static final long MOST_PATIENCE = 32;

	private final long silentTicks;

	private long patience = 1;

	private long since;

	private boolean lost;

	/**
	 * Creates an instance.
	 * @param silentTicks after which a node is not heard
	 */
	Reach(long silentTicks) {
		this.silentTicks = silentTicks;
	}

	/**
	 * The other node has said whom it hears.
	 * @param heard whether this node is among them
	 * @param tick when
	 * @return whether it has not been for too long
	 */
	boolean isLost(boolean heard, long tick) {
		if (heard) {
			this.lost = false;
			this.patience = 1;
			return false;
		}
		if (!this.lost) {
			this.lost = true;
			this.since = tick;
		}
		return tick - this.since >= this.silentTicks * this.patience;
	}

	/**
	 * This node connects anew, whichever node that is for: one that does not hear it has
	 * as much time again, and more.
	 * @param tick when
	 */
	void connectsAnew(long tick) {
		if (this.lost) {
			this.since = tick;
			this.patience = Math.min(MOST_PATIENCE, 2 * this.patience);
		}
	}

}

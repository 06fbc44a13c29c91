package dev.sockets.loop.stream;

import org.jspecify.annotations.Nullable;

/**
 * Whether the way out of one channel is open, and since when it is not. Changed with the
 * write lock held; what it tells is open to all.
 */
final class OutputGate {

	private volatile OutputState state = OutputState.READY;

	/** Whether nothing more is to be sent than what waits. */
	private volatile boolean ending;

	/** Since when the socket takes nothing, or is given nothing. */
	private volatile long shutSince;

	boolean isReady() {
		return this.state == OutputState.READY;
	}

	boolean isClosed() {
		return this.state == OutputState.CLOSED;
	}

	/** Returns whether what waits is to be failed, as writing has failed. */
	boolean isBroken() {
		return this.state == OutputState.BROKEN;
	}

	/** Returns whether nothing follows what was written. */
	boolean isEnded() {
		return this.state == OutputState.ENDED;
	}

	boolean isOver() {
		return this.state.isOver();
	}

	/**
	 * Returns why nothing more is taken.
	 * @return the reason; {@code null} when there is none
	 */
	@Nullable UnsentReason refusal() {
		if (isClosed()) {
			return UnsentReason.CLOSED;
		}
		return this.ending ? UnsentReason.ENDED : null;
	}

	boolean isStuck(long now, long timeout) {
		return (this.state == OutputState.FULL || this.state == OutputState.HELD) && now - this.shutSince > timeout;
	}

	/** Nothing more is taken than what waits. Open to all threads. */
	void beginEnd() {
		this.ending = true;
	}

	/**
	 * Nothing can be written for a while.
	 * @param state full or held
	 * @param now the time
	 */
	void shut(OutputState state, long now) {
		this.shutSince = now;
		this.state = state;
	}

	/** The socket takes bytes again. */
	void writable() {
		if (this.state == OutputState.FULL) {
			this.state = OutputState.READY;
		}
	}

	/**
	 * The transport was upgraded.
	 * @return whether that was waited for
	 */
	boolean upgraded() {
		boolean held = this.state == OutputState.HELD;
		if (held) {
			this.state = OutputState.READY;
		}
		return held;
	}

	void goTo(OutputState state) {
		this.state = state;
	}

}

package dev.sockets.loop.stream;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopCaller;

/**
 * What the calling thread is to a channel, and so how it may send to it and wait for it.
 */
public enum Caller {

	/**
	 * Handles what the channel received, on its event loop; its replies are collected.
	 */
	LOOP_HANDLER(true, true),

	/** Handles what the channel received on another thread; its replies are collected. */
	QUEUE_HANDLER(true, false),

	/** Serves the channel for its event loop, but does not handle what it received. */
	SERVING_LOOP(false, true),

	/** Runs an event loop, but does not serve the channel. */
	OTHER_LOOP(false, true),

	/** Any other thread. */
	STRANGER(false, false);

	private final boolean collected;

	private final boolean loop;

	Caller(boolean collected, boolean loop) {
		this.collected = collected;
		this.loop = loop;
	}

	static Caller of(StreamChannel channel) {
		boolean handling = channel.flusher().ownBatch() != null;
		if (!LoopCaller.isServing()) {
			return handling ? QUEUE_HANDLER : STRANGER;
		}
		if (handling) {
			return LOOP_HANDLER;
		}
		return channel.port().registration().isServedByCaller() ? SERVING_LOOP : OTHER_LOOP;
	}

	/**
	 * Returns whether what it sends is collected, to leave with the replies to other
	 * messages of the same read.
	 * @return whether it may {@linkplain StreamChannel#append append}
	 */
	public boolean isCollected() {
		return this.collected;
	}

	/**
	 * Returns whether it may wait until the channel has written something.
	 * @return {@code false} when it runs a loop that nobody else would run meanwhile
	 */
	public boolean mayAwaitWrite() {
		return !this.loop || EventLoop.mayWait();
	}

	/**
	 * Returns whether it may wait for something that the channel is to receive.
	 * @return {@code false} also when nothing is read until it returns
	 */
	public boolean mayAwaitInput() {
		return mayAwaitWrite() && !isServing();
	}

	/**
	 * Returns whether it serves the channel for its event loop.
	 * @return whether nothing more is read from the channel before it returns
	 */
	public boolean isServing() {
		return this == LOOP_HANDLER || this == SERVING_LOOP;
	}

	/**
	 * Returns whether it lives long, so that it may keep memory for its work.
	 * @return whether it runs an event loop
	 */
	public boolean isLoop() {
		return this.loop;
	}

}

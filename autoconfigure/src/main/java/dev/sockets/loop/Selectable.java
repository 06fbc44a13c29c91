package dev.sockets.loop;

/**
 * What an event loop watches: a channel or an acceptor.
 */
public interface Selectable {

	/**
	 * The socket is ready.
	 * @param operations for what it is ready, as in {@code SelectionKey}
	 * @param runner the calling thread's
	 */
	void ready(int operations, LoopRunner runner);

	/**
	 * Signals have come in since the last call.
	 * @param signals their bits
	 * @param runner the calling thread's
	 */
	void signalled(int signals, LoopRunner runner);

	/**
	 * Some time has passed.
	 * @param now {@code System.nanoTime()}
	 */
	void tick(long now);

	/**
	 * Another thread is inside for some time: take in nothing until {@link #released()}.
	 */
	void held();

	/** No other thread is inside any more. */
	void released();

	/**
	 * Returns whether the loop may go on with another thread when this one blocks.
	 * @return whether it may
	 */
	boolean guarded();

	/**
	 * Writes out what another thread, that is late, has collected. Called by the watchdog
	 * each tick between {@link EventLoop#entered} and {@link EventLoop#left}; calls no
	 * one back.
	 */
	default void flushStale() {
	}

}

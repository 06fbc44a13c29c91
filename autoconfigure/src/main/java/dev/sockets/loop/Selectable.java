package dev.sockets.loop;

import java.nio.channels.SelectionKey;

/**
 * What an event loop watches: a channel, a port or an acceptor. The loop calls one method
 * at a time. When one of them blocks, and {@link #guarded()} allows it, another thread
 * goes on with the loop; until the late one has left, the selectable is <i>held</i>: it
 * is told only what it wants to hear meanwhile, and those calls come beside the late one.
 */
public interface Selectable {

	/**
	 * The socket is ready.
	 * @param operations for what it is ready, as in {@code SelectionKey}
	 * @param runner the calling thread's
	 */
	void ready(int operations, LoopRunner runner);

	/**
	 * Reads here and there what {@link #ready} is going to work with. Called for several
	 * selectables one after another, before the first of them is served: so the processor
	 * fetches the memory of all of them at once, and not each piece when it is waited
	 * for.
	 * @return anything that depends on all that was read
	 */
	default long touch() {
		return 0;
	}

	/**
	 * Signals have come in since the last call.
	 * @param signals their bits; only {@link Registration#URGENT} while held
	 * @param runner the calling thread's
	 */
	void signalled(int signals, LoopRunner runner);

	/**
	 * Some time has passed; called about ten times a second, also while held.
	 * @param now the time, as {@link EventLoop#nanos()}
	 */
	default void tick(long now) {
	}

	/**
	 * Returns whether no deadline of it ends within a second, unless it gets a signal, or
	 * other operations are looked for, or it is {@linkplain Registration#stir() stirred}
	 * meanwhile. It is not ticked so long. Asked after a tick.
	 * @param now the time, as {@link EventLoop#nanos()}
	 * @return {@code false} when it is to be ticked again soon
	 */
	default boolean isAtRest(long now) {
		return false;
	}

	/**
	 * Returns how much memory is kept for it that counts into the {@link MemoryBudget}.
	 * @return the number of bytes
	 */
	default long heldBytes() {
		return 0;
	}

	/**
	 * There is no memory for what it holds: it is to be closed at once. Called by who
	 * runs the loop.
	 */
	default void relieve() {
	}

	/** Another thread is inside for some time. Called by the watchdog. */
	default void held() {
	}

	/** No other thread is inside any more. */
	default void released() {
	}

	/**
	 * Returns what {@link #ready} is called for while held: writing, unless the
	 * selectable can also take in more beside the thread that is inside.
	 * @return the operations, as in {@code SelectionKey}
	 */
	default int operationsWhileHeld() {
		return SelectionKey.OP_WRITE;
	}

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

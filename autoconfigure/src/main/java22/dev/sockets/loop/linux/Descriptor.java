package dev.sockets.loop.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedChannelException;

/**
 * A descriptor that is closed when it is released and nobody uses it any more, so that
 * nobody ever uses a number that is another's by then.
 */
final class Descriptor {

	private static final int RELEASED = 1 << 28;

	private static final int CLOSED = 1 << 29;

	private static final VarHandle USES;

	static {
		try {
			USES = MethodHandles.lookup().findVarHandle(Descriptor.class, "uses", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** What closing takes, also when there is no memory. Guarded by its monitor. */
	private static final Scratch RESERVE = Scratch.own();

	final int number;

	private final Runnable beforeClose;

	private volatile int uses;

	/**
	 * Creates it.
	 * @param number its number
	 * @param beforeClose run once when nobody uses it any more
	 */
	Descriptor(int number, Runnable beforeClose) {
		this.number = number;
		this.beforeClose = beforeClose;
	}

	/**
	 * Begins to use the descriptor; {@link #end()} is to follow.
	 * @throws ClosedChannelException when it is released
	 */
	void begin() throws ClosedChannelException {
		if (!tryBegin()) {
			throw new ClosedChannelException();
		}
	}

	/**
	 * As {@link #begin()}.
	 * @return {@code false} when it is released; no end is to follow then
	 */
	boolean tryBegin() {
		int before = (int) USES.getAndAdd(this, 1);
		if (before >= RELEASED) {
			end();
			return false;
		}
		return true;
	}

	void end() {
		int before = (int) USES.getAndAdd(this, -1);
		if (before == RELEASED + 1) {
			closeOnce();
		}
	}

	/** Closes it when nobody uses it any more. Called once. */
	void release() {
		if ((int) USES.getAndAdd(this, RELEASED) == 0) {
			closeOnce();
		}
	}

	private void closeOnce() {
		if (!USES.compareAndSet(this, RELEASED, RELEASED + CLOSED)) {
			return;
		}
		try {
			this.beforeClose.run();
		}
		finally {
			close(this.number);
		}
	}

	/** Closes a number that nobody else uses, also when there is no memory. */
	static void close(int number) {
		Scratch scratch;
		try {
			scratch = Scratch.take();
		}
		catch (OutOfMemoryError ex) {
			synchronized (RESERVE) {
				LibC.close(RESERVE.state, number);
			}
			return;
		}
		LibC.close(scratch.state, number);
		scratch.giveBack();
	}

}

package dev.sockets.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

import org.jspecify.annotations.Nullable;

/**
 * Ties a {@link Selectable} to its event loop: its selection key, the signals sent to it,
 * and whether a late runner is still inside it.
 */
public final class Registration {

	private static final VarHandle SIGNALS;

	private static final VarHandle AT_REST;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			SIGNALS = lookup.findVarHandle(Registration.class, "signals", int.class);
			AT_REST = lookup.findVarHandle(Registration.class, "atRest", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** The signal that is delivered also while a late runner is inside. */
	public static final int URGENT = 1;

	private final EventLoop loop;

	private final Selectable selectable;

	private volatile @Nullable SelectionKey key;

	@SuppressWarnings("unused")
	private volatile int signals;

	/** Whether it is not ticked for a while; ends by all that may bring a deadline. */
	private volatile boolean atRest = true;

	/** Signals that wait for the last late runner to leave. */
	private int deferred;

	/** Late runners inside; changed only by who runs the loop at that moment. */
	private int holds;

	/** Belongs to the queue of signals. */
	private @Nullable Registration nextSignalled;

	/** Belongs to the ticks. */
	private @Nullable Registration nextStirred;

	/**
	 * Creates the tie; nothing is watched until it is registered.
	 * @param loop the event loop
	 * @param selectable what is to be served
	 */
	public Registration(EventLoop loop, Selectable selectable) {
		this.loop = loop;
		this.selectable = selectable;
	}

	/** Returns the loop that serves the selectable. */
	public EventLoop loop() {
		return this.loop;
	}

	Selectable selectable() {
		return this.selectable;
	}

	/**
	 * Has the loop's selector watch a socket. Called on the loop.
	 * @param channel the socket, not blocking
	 * @param operations what to look for, as in {@code SelectionKey}
	 * @throws ClosedChannelException when the socket is closed
	 */
	public void register(SelectableChannel channel, int operations) throws ClosedChannelException {
		this.key = channel.register(this.loop.selector().present(), operations, this);
		stir();
	}

	/** Adds to what the selector looks for; as in {@code SelectionKey}. */
	public void interestOn(int operations) {
		if (change(operations, true)) {
			this.loop.wakeUp();
		}
		stir();
	}

	/** Takes away from what the selector looks for; as in {@code SelectionKey}. */
	public void interestOff(int operations) {
		change(operations, false);
		stir();
	}

	/** One at a time, so that nothing is lost while the key is moved. */
	private synchronized boolean change(int operations, boolean on) {
		SelectionKey key = this.key;
		if (key == null) {
			return false;
		}
		try {
			if (on) {
				key.interestOpsOr(operations);
			}
			else {
				key.interestOpsAnd(~operations);
			}
			return true;
		}
		catch (CancelledKeyException ex) {
			return false;
		}
	}

	/**
	 * Has another selector look for the same. What is closed stays behind.
	 * @param from the present key
	 * @param next the other selector
	 */
	synchronized void move(SelectionKey from, Selector next) {
		try {
			this.key = from.channel().register(next, from.interestOps(), this);
		}
		catch (ClosedChannelException | CancelledKeyException ex) {
			from.cancel();
		}
	}

	int readyOperations() {
		SelectionKey key = this.key;
		try {
			return (key != null) ? key.readyOps() : 0;
		}
		catch (CancelledKeyException ex) {
			return 0;
		}
	}

	/**
	 * Sends signals to the selectable; they are delivered by the loop, each at least once
	 * after this call.
	 * @param bits the signals
	 */
	public void signal(int bits) {
		if ((int) SIGNALS.getAndBitwiseOr(this, bits) == 0) {
			this.loop.signalled(this);
		}
	}

	@Nullable Registration nextSignalled() {
		return this.nextSignalled;
	}

	void nextSignalled(@Nullable Registration next) {
		this.nextSignalled = next;
	}

	/**
	 * Takes the signals that can be delivered now.
	 * @return their bits; only the urgent ones while a late runner is inside
	 */
	int takeSignals() {
		int bits = (int) SIGNALS.getAndSet(this, 0);
		if (this.holds == 0) {
			return bits;
		}
		this.deferred |= bits & ~URGENT;
		return bits & URGENT;
	}

	/**
	 * Returns whether the calling thread is serving the selectable for its loop, so that
	 * nothing more is read before it returns.
	 * @return whether it is
	 */
	public boolean isServedByCaller() {
		return Thread.currentThread() instanceof LoopThread thread && thread.runner().lease().registration() == this
				&& !thread.runner().hasLeft();
	}

	/**
	 * Has the selectable look at its deadlines at the next tick: there may be a new one.
	 * Open to all threads.
	 */
	public void stir() {
		if (this.atRest && this.key != null && AT_REST.compareAndSet(this, true, false)) {
			this.loop.ticks().stirred(this);
		}
	}

	@Nullable Registration nextStirred() {
		return this.nextStirred;
	}

	void nextStirred(@Nullable Registration next) {
		this.nextStirred = next;
	}

	/** Returns whether the loop's selector watches its socket. */
	boolean isWatched() {
		SelectionKey key = this.key;
		return key != null && key.isValid();
	}

	/**
	 * Has the selectable look at its deadlines. What changes meanwhile is seen, or stirs
	 * it afterwards.
	 * @param now the time
	 * @return {@code false} when it is to look again at the next tick, unless it was
	 * stirred
	 */
	boolean tick(long now) {
		this.atRest = true;
		boolean atRest = false;
		try {
			this.selectable.tick(now);
			atRest = this.selectable.isAtRest(now);
		}
		finally {
			if (!atRest && !AT_REST.compareAndSet(this, true, false)) {
				atRest = true;
			}
		}
		return atRest;
	}

	/**
	 * Returns what the selectable may be told that it is ready for.
	 * @param operations for what its socket is ready
	 * @return fewer while a late runner is inside
	 */
	int allowed(int operations) {
		return (this.holds > 0) ? operations & this.selectable.operationsWhileHeld() : operations;
	}

	/** A runner is late inside the selectable. */
	void hold() {
		if (this.holds++ == 0) {
			this.selectable.held();
		}
	}

	/** A late runner has left the selectable. */
	void release() {
		this.holds--;
		if (this.holds == 0) {
			int deferred = this.deferred;
			this.deferred = 0;
			if (deferred != 0) {
				signal(deferred);
			}
			this.selectable.released();
		}
	}

}

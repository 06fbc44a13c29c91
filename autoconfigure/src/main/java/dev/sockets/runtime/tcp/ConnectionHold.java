package dev.sockets.runtime.tcp;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.stream.PauseReason;
import dev.sockets.runtime.StageFailures;

/**
 * Keeps a new connection from the application for a while: until its peer has sent
 * something, as it may yet turn out to be full, or until both sides have told each other
 * that they belong here. A tick may come while a late thread is still reading, so there
 * is a lock. Handshakes ask and end on any thread, which is never to wait for the lock:
 * so they only have the loop called back, which decides when nobody is inside.
 */
public final class ConnectionHold {

	private final DefaultConnection connection;

	private final ConnectionOwner owner;

	private final boolean guarded;

	private final long since;

	private final ReentrantLock lock = new ReentrantLock();

	private final HoldEnd end;

	private final HandshakeProgress handshake = new HandshakeProgress();

	/** Whether anything of the peer's is awaited. */
	private volatile BooleanSupplier awaited = () -> true;

	/** Whether nothing is read; changed with the lock held, but for the beginning. */
	private volatile boolean shut;

	private volatile long nanos;

	/** Whether this side is to do something, not the peer. */
	private volatile boolean suspended;

	/**
	 * Begins to hold a connection.
	 * @param connection the connection
	 * @param owner decides how long
	 * @param guarded whether the peer has to show that it belongs here, not only to send
	 * anything
	 */
	ConnectionHold(DefaultConnection connection, ConnectionOwner owner, boolean guarded) {
		this.connection = connection;
		this.owner = owner;
		this.guarded = guarded;
		this.end = new HoldEnd(connection, owner);
		this.since = connection.channel().nanos();
		this.nanos = guarded ? owner.handshakeNanos(connection) : owner.holdNanos();
	}

	/**
	 * Returns whether the peer has to show that it belongs here.
	 * @return whether nothing else gets through, and what goes over the connection may be
	 * secret
	 */
	boolean isGuarded() {
		return this.guarded;
	}

	/**
	 * Returns whether the owner was told that the peer does not belong here.
	 */
	public boolean isRefused() {
		return this.end.isRefused();
	}

	/**
	 * Returns how long the connection has been held.
	 * @return the time in nanoseconds
	 */
	public long duration() {
		return this.connection.channel().nanos() - this.since;
	}

	void limitTime(long nanos) {
		this.nanos = Math.min(this.nanos, nanos);
	}

	private boolean isClosing() {
		return this.end.hasBegun();
	}

	private boolean isOver() {
		return this.connection.reader().hold() != this;
	}

	/** See {@link ConnectionReader#received}. */
	int received(byte[] bytes, int start, int end) {
		this.lock.lock();
		try {
			if (isClosing() || (isUnderWay() && turnsOut())) {
				return end;
			}
			if (!this.guarded && !isOver()) {
				this.connection.reader().show();
			}
			return this.connection.reader().frames().read(bytes, start, end);
		}
		finally {
			leave();
		}
	}

	/** What came up meanwhile is for the loop to decide, once nobody is inside. */
	private void leave() {
		this.lock.unlock();
		if (isUndecided()) {
			callBack();
		}
	}

	private boolean isUndecided() {
		return !isClosing() && this.connection.isOpen() && !isOver()
				&& (hasPassed() || (this.shut && this.awaited.getAsBoolean()));
	}

	private boolean isUnderWay() {
		return this.guarded && this.handshake.isUnderWay();
	}

	/**
	 * Returns whether the end of the handshake is of any use. Open to all threads.
	 */
	boolean isAwaited() {
		return !isClosing() && this.connection.isOpen() && isUnderWay() && !turnsOut();
	}

	private boolean turnsOut() {
		return this.owner.isBanned(this.connection) && turnOut();
	}

	/**
	 * Closes the connection at once, as its address is banned, unless its peer has been
	 * let in. Open to all threads.
	 * @return whether it is not let in
	 */
	public boolean turnOut() {
		if (!this.handshake.failUnlessAdmitted()) {
			return this.handshake.hasFailed();
		}
		this.end.abortBanned();
		return true;
	}

	private boolean hasPassed() {
		return this.handshake.hasPassed();
	}

	/** Decides on the loop whether to read on. Open to all threads. */
	void callBack() {
		this.connection.channel().callBack();
	}

	/**
	 * Has what comes stay where it is while nothing of it is awaited.
	 * @param awaited tells whether anything is, to any thread; {@link #callBack()} is to
	 * follow when it becomes so
	 */
	void readOnlyWhen(BooleanSupplier awaited) {
		this.awaited = awaited;
		shut();
	}

	/**
	 * Reads nothing more for now. Called by who reads, before the next message is looked
	 * at.
	 */
	void shut() {
		this.shut = true;
		this.connection.channel().pause(PauseReason.HANDSHAKE);
	}

	/**
	 * Reads nothing more until the end, for which this side is waited from now on. Called
	 * by who reads.
	 */
	void suspend() {
		this.suspended = true;
		readOnlyWhen(() -> false);
	}

	/**
	 * Whether the peer belongs here could not be found out. Open to all threads.
	 * @param failure why it could not
	 */
	void giveUp(Throwable failure) {
		if (this.handshake.fail()) {
			this.end.close(HandshakeFailures.ours("could not be found out", failure));
		}
	}

	/**
	 * The peer has shown that it belongs here. Asked before it is told so: the ban of an
	 * address counts until then, whichever thread has found it out. Open to all threads.
	 * @return whether it is let in; {@code false} when it is not, and is told nothing
	 */
	boolean admit() {
		if (!this.handshake.admit()) {
			return false;
		}
		if (this.owner.isBanned(this.connection) && this.handshake.fail()) {
			this.end.abortBanned();
			return false;
		}
		return true;
	}

	private boolean passes() {
		return (this.handshake.isAdmitted() || admit()) && this.handshake.pass();
	}

	/**
	 * The handshake has ended. Open to all threads; the first end counts.
	 * @param failure what it has failed with; {@code null} when the application may know
	 * of the connection
	 */
	void end(@Nullable Throwable failure) {
		if (!((failure != null) ? this.handshake.fail() : passes())) {
			return;
		}
		if (failure != null) {
			fail(StageFailures.unwrap(failure));
		}
		if (this.lock.isHeldByCurrentThread()) {
			shut();
		}
		else {
			callBack();
		}
	}

	private void fail(Throwable failure) {
		if (HandshakeFailures.isLate(failure)) {
			this.end.close(late(failure));
			return;
		}
		SocketOperationException cause = HandshakeFailures.translate(failure);
		if (cause.getCode() == SocketErrorCode.AUTHENTICATION_FAILED) {
			this.end.refuse(cause, 0);
		}
		else {
			this.end.close(cause);
		}
	}

	/**
	 * Tells the application of the connection if the handshake has ended, and reads on if
	 * there is a reason for it. Called on the loop.
	 */
	void resumed() {
		if (this.lock.tryLock()) {
			try {
				decide();
			}
			finally {
				leave();
			}
		}
	}

	private void decide() {
		if (isClosing() || !this.connection.isOpen()) {
			return;
		}
		if (hasPassed() || this.awaited.getAsBoolean()) {
			this.shut = false;
			this.connection.channel().resume(PauseReason.HANDSHAKE);
		}
		if (hasPassed() && !isOver()) {
			this.connection.reader().show();
		}
	}

	/**
	 * Some time has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void tick(long now) {
		if (this.guarded && isLate(now)) {
			this.end.close(late(null));
		}
		if (!this.lock.tryLock()) {
			return;
		}
		try {
			if (this.guarded && !isClosing()) {
				this.connection.reader().payloadHooks().tick(now);
			}
			if (!isOver()) {
				lookAt(now);
			}
		}
		finally {
			leave();
		}
	}

	private void lookAt(long now) {
		if (isClosing()) {
			this.end.tick(now);
		}
		else if (hasPassed()) {
			decide();
		}
		else if (!this.guarded && isLate(now)) {
			this.connection.reader().show();
		}
	}

	private boolean isLate(long now) {
		return this.handshake.isUnderWay() && now - this.since >= this.nanos;
	}

	/**
	 * The peer has shown that it belongs here: who waits for more of it has a deadline.
	 * @return whether it is let in, see {@link #admit()}
	 */
	boolean authenticated() {
		this.nanos = Long.MAX_VALUE;
		return !this.guarded || admit();
	}

	/**
	 * The peer does not belong here, which counts at once: before others of its address
	 * are heard. Open to all threads.
	 * @param cause why; the first one stays
	 * @param closeAfter how long the peer is given to close the connection, in
	 * nanoseconds
	 */
	void refuse(SocketOperationException cause, long closeAfter) {
		this.end.refuse(cause, closeAfter);
	}

	private SocketOperationException late(@Nullable Throwable cause) {
		if (this.suspended) {
			return HandshakeFailures.ours("was not found out within its deadline", cause);
		}
		return new SocketOperationException(this.owner.lateHandshake(),
				"Authentication was not over within its deadline", cause);
	}

}

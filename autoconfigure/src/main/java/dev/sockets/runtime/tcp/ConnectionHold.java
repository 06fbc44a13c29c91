package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;

/**
 * Keeps a new connection from the application for a while: until its peer has sent
 * something, as it may yet turn out to be full, or until both sides have told each other
 * that they belong here. A tick may come while a late thread is still reading, so there
 * is a lock.
 */
final class ConnectionHold {

	private final DefaultConnection connection;

	private final ConnectionOwner owner;

	private final boolean guarded;

	private final long since;

	private final ReentrantLock lock = new ReentrantLock();

	private long nanos;

	private boolean refused;

	private long closeAt;

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
	 * Returns how long the connection has been held.
	 * @return the time in nanoseconds
	 */
	long duration() {
		return this.connection.channel().nanos() - this.since;
	}

	private boolean isOver() {
		return this.connection.reader().hold() != this;
	}

	/** See {@link ConnectionReader#received}. */
	int received(byte[] bytes, int start, int end) {
		this.lock.lock();
		try {
			if (this.refused) {
				return end;
			}
			if (!this.guarded && !isOver()) {
				this.connection.reader().show();
			}
			return this.connection.reader().frames().read(bytes, start, end);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Some time has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void tick(long now) {
		if (!this.lock.tryLock()) {
			return;
		}
		try {
			if (this.guarded && !this.refused) {
				this.connection.reader().payloadHooks().tick(now);
			}
			if (!isOver()) {
				lookAt(now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void lookAt(long now) {
		if (this.refused) {
			if (now - this.closeAt >= 0) {
				this.connection.channel().close();
			}
		}
		else if (now - this.since >= this.nanos) {
			if (this.guarded) {
				refuse(new SocketOperationException(this.owner.lateHandshake(),
						"Authentication was not over within its deadline"), 0);
			}
			else {
				this.connection.reader().show();
			}
		}
	}

	/**
	 * The peer has shown that it belongs here: who waits for more of it has a deadline.
	 */
	void authenticated() {
		this.nanos = Long.MAX_VALUE;
	}

	/**
	 * The connection is not for the application.
	 * @param cause why; the first one stays
	 * @param closeAfter how long the peer is given to close it, in nanoseconds
	 */
	void refuse(SocketOperationException cause, long closeAfter) {
		if (this.refused) {
			return;
		}
		this.refused = true;
		this.closeAt = this.connection.channel().nanos() + closeAfter;
		this.connection.closingBecause(DisconnectReason.LOCAL, cause);
		if (closeAfter <= 0) {
			this.connection.channel().close();
		}
	}

	/**
	 * Returns why a peer is refused that has sent what it may not send yet. Says nothing
	 * of what that was: it may be a password.
	 */
	static SocketOperationException strange() {
		return new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED,
				"The peer has sent something else before it has authenticated");
	}

	/**
	 * Returns what the end of a connection means that was held until then.
	 * @param cause why it was closed
	 */
	static IOException failure(@Nullable Throwable cause) {
		return new IOException((cause != null) ? FailureText.message(cause) : "The connection was closed at once",
				cause);
	}

}

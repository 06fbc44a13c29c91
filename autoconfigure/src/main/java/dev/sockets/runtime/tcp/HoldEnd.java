package dev.sockets.runtime.tcp;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;

/**
 * Closes a connection that the application does not know yet, for the first reason that
 * there is. Open to all threads. The reason is known before anything can close the
 * connection: who is told of its end is told why.
 */
final class HoldEnd {

	private final DefaultConnection connection;

	private final ConnectionOwner owner;

	private final AtomicBoolean begun = new AtomicBoolean();

	/** When a tick closes the connection, as its peer was to do so first. */
	private volatile @Nullable Long closeAt;

	private volatile boolean refused;

	HoldEnd(DefaultConnection connection, ConnectionOwner owner) {
		this.connection = connection;
		this.owner = owner;
	}

	/** Returns whether the connection is closed or about to be. */
	boolean hasBegun() {
		return this.begun.get();
	}

	/** Returns whether the owner was told that the peer does not belong here. */
	boolean isRefused() {
		return this.refused;
	}

	private boolean begin() {
		return this.begun.compareAndSet(false, true);
	}

	/** Closes at once, without a word, as the address is banned. */
	void abortBanned() {
		if (begin()) {
			this.connection.closingBecause(DisconnectReason.AUTHENTICATION, HandshakeFailures.banned());
			this.connection.channel().abort();
		}
	}

	void close(SocketOperationException cause) {
		if (begin()) {
			this.connection.closingBecause(DisconnectReason.AUTHENTICATION, cause);
			this.connection.channel().close();
		}
	}

	/** See {@link ConnectionHold#refuse}. */
	void refuse(SocketOperationException cause, long closeAfter) {
		if (!begin()) {
			return;
		}
		this.refused = true;
		this.connection.closingBecause(DisconnectReason.AUTHENTICATION, cause);
		try {
			this.owner.wrong(this.connection);
		}
		finally {
			if (closeAfter > 0) {
				this.closeAt = this.connection.channel().nanos() + closeAfter;
			}
			else {
				this.connection.channel().close();
			}
		}
	}

	/** Closes when the peer has had its time to do so. */
	void tick(long now) {
		Long closeAt = this.closeAt;
		if (closeAt != null && now - closeAt >= 0) {
			this.connection.channel().close();
		}
	}

}

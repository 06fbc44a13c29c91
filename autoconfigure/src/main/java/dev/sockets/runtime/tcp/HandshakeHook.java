package dev.sockets.runtime.tcp;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.tcp.ConnectionHandshake;

/**
 * Holds a connection back until a handshake of the application's has ended. Messages go
 * to what that asks for and to nobody else, and only while it asks: else nothing is read.
 */
final class HandshakeHook implements PayloadHook, Runnable {

	private final DefaultConnection connection;

	private final ConnectionHandshake handshake;

	private final HandshakeThreads threads;

	private @Nullable ConnectionHold hold;

	HandshakeHook(DefaultConnection connection, ConnectionHandshake handshake, HandshakeThreads threads) {
		this.connection = connection;
		this.handshake = handshake;
		this.threads = threads;
	}

	@Override
	public boolean holds() {
		return true;
	}

	@Override
	public void begin() {
		ConnectionHold hold = Objects.requireNonNull(this.connection.reader().hold());
		this.hold = hold;
		hold.readOnlyWhen(this::isAsked);
		try {
			this.threads.begin(this);
		}
		catch (Throwable ex) {
			hold.end(ex);
		}
	}

	/** Called by a thread for handshakes; not begun when nobody waits for it any more. */
	@Override
	public void run() {
		if (!this.connection.isOpen()) {
			return;
		}
		ConnectionHold hold = hold();
		try {
			CompletionStage<?> end = Objects.requireNonNull(this.handshake.begin(this.connection),
					"The handshake has returned null");
			end.whenComplete((result, failure) -> hold.end(failure));
		}
		catch (Throwable ex) {
			hold.end(ex);
		}
	}

	/** Others are to have the thread that waits for the peer. Open to all threads. */
	void giveWay() {
		hold().end(new SocketOperationException(SocketErrorCode.REQUEST_TIMEOUT, "The handshakes of "
				+ HandshakeThreads.MOST + " connections block, and this one has waited longest " + "for its peer"));
	}

	/** Returns whether it waits for a message of the peer. Open to all threads. */
	boolean isAsked() {
		Requester requester = this.connection.requests().requesterIfAny();
		return requester != null && requester.awaits();
	}

	@Override
	public boolean takes(Object payload) {
		hold().shut();
		Requester requester = this.connection.requests().requesterIfAny();
		if (requester == null || !requester.takesForAny(payload)) {
			hold().refuse(HandshakeFailures.strange(), 0);
		}
		return true;
	}

	/** What could not be decoded may be a password. */
	@Override
	public boolean takesFault(MessageFault fault) {
		hold().refuse(HandshakeFailures.strange(), 0);
		return true;
	}

	@Override
	public void opened() {
		this.connection.reader().payloadHooks().remove(this);
	}

	@Override
	public void ended(SocketOperationException cause) {
	}

	private ConnectionHold hold() {
		return Objects.requireNonNull(this.hold);
	}

}

package dev.sockets.runtime.tcp;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.tcp.ConnectionHandshake;

/**
 * Holds a connection back until a handshake of the application's has ended. Messages go
 * to what that asks for and to nobody else, and only while it asks: else nothing is read.
 */
final class HandshakeHook implements PayloadHook {

	private final DefaultConnection connection;

	private final ConnectionHandshake handshake;

	private @Nullable ConnectionHold hold;

	HandshakeHook(DefaultConnection connection, ConnectionHandshake handshake) {
		this.connection = connection;
		this.handshake = handshake;
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
			this.connection.context().dispatch().threads().execute(() -> begin(hold));
		}
		catch (Throwable ex) {
			hold.end(ex);
		}
	}

	private void begin(ConnectionHold hold) {
		try {
			CompletionStage<?> end = Objects.requireNonNull(this.handshake.begin(this.connection),
					"The handshake has returned null");
			end.whenComplete((result, failure) -> hold.end(failure));
		}
		catch (Throwable ex) {
			hold.end(ex);
		}
	}

	private boolean isAsked() {
		Requester requester = this.connection.requests().requesterIfAny();
		return requester != null && requester.isWaiting();
	}

	@Override
	public boolean takes(Object payload) {
		hold().shut();
		Requester requester = this.connection.requests().requesterIfAny();
		if (requester == null || !requester.takesForAny(payload)) {
			hold().refuse(ConnectionHold.strange(), 0);
		}
		return true;
	}

	/** What could not be decoded may be a password. */
	@Override
	public boolean takesFault(MessageFault fault) {
		hold().refuse(ConnectionHold.strange(), 0);
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

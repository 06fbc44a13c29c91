package dev.sockets.runtime.tcp;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.loop.stream.StreamUpgrade;
import dev.sockets.runtime.AwaitedAnswer;

/**
 * TLS of one connection that the application has begin. Made by whoever asks for it
 * first; its end comes on the event loop, or on the thread that closes the connection.
 */
final class StartTls implements SendCallback {

	private final DefaultConnection connection;

	private final CompletableFuture<Void> end;

	StartTls(DefaultConnection connection) {
		this.connection = connection;
		this.end = new AwaitedAnswer<>(connection.channel()::letAwaitInput);
	}

	/**
	 * Returns whether the application may have TLS begin.
	 * @param context the connection's
	 * @return {@code false} when its connections are plain, or encrypted from their
	 * beginning
	 */
	static boolean isPossible(ConnectionContext context) {
		EndpointTls tls = context.tls();
		return tls != null && tls.isOnDemand();
	}

	void begin() {
		StreamUpgrade.begin(this.connection.channel(), this);
	}

	/**
	 * Returns how it ends.
	 * @return a new future; one that a thread may wait for that is to read the handshake
	 */
	CompletableFuture<Void> end() {
		return this.end.copy();
	}

	/** Called before anything else is read. */
	@Override
	public void ended(@Nullable Throwable failure) {
		if (failure == null) {
			this.connection.reader().frames().restart();
			try {
				this.connection.context().owner().identified(this.connection);
			}
			finally {
				this.end.complete(null);
			}
		}
		else {
			this.end.completeExceptionally(explained(failure));
		}
	}

	private Throwable explained(Throwable failure) {
		return (this.connection.closing().cause() instanceof SocketOperationException cause
				&& cause.getCode() == SocketErrorCode.TLS_FAILED)
						? new SocketOperationException(cause.getCode(), String.valueOf(cause.getMessage()), cause)
						: failure;
	}

}

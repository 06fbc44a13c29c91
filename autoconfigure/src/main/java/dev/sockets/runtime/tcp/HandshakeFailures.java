package dev.sockets.runtime.tcp;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * What the failure of a handshake means to who waits for the connection.
 */
public final class HandshakeFailures {

	private HandshakeFailures() {
	}

	/** Returns whether the peer has not answered in time. */
	static boolean isLate(Throwable failure) {
		return failure instanceof SocketOperationException known && known.getCode() == SocketErrorCode.REQUEST_TIMEOUT;
	}

	/**
	 * Returns what is no fault of the peer's.
	 * @param what has become of the question whether the peer belongs here
	 * @param failure what has led to it; {@code null} when nobody has said so
	 */
	static SocketOperationException ours(String what, @Nullable Throwable failure) {
		return new SocketOperationException(SocketErrorCode.HANDLER_FAILED, "Whether the peer belongs here " + what,
				failure);
	}

	/** Returns whether it is one that {@link #ours} has made. */
	public static boolean isOurs(@Nullable Throwable failure) {
		return failure instanceof SocketOperationException known && known.getCode() == SocketErrorCode.HANDLER_FAILED;
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
	static IOException ended(@Nullable Throwable cause) {
		return new IOException((cause != null) ? FailureText.message(cause) : "The connection was closed at once",
				cause);
	}

	/**
	 * Returns why a connection ends whose address was banned before its peer was let in.
	 */
	public static SocketOperationException banned() {
		return new Banned();
	}

	/** Returns whether it is one that {@link #banned} has made. */
	public static boolean isBanned(@Nullable Throwable failure) {
		return failure instanceof Banned;
	}

	/**
	 * Returns whether the peer is not the right one, or could not be asked.
	 * @param failure what has failed
	 */
	static SocketOperationException translate(Throwable failure) {
		if (failure instanceof SocketOperationException known) {
			switch (known.getCode()) {
				case AUTHENTICATION_FAILED, SERVER_OCCUPIED -> {
					return known;
				}
				case NOT_CONNECTED, SHUTTING_DOWN, WRITE_TIMEOUT, SLOW_CONSUMER -> {
					return new SocketOperationException(SocketErrorCode.CONNECT_FAILED,
							"The connection has ended before authentication was over", known);
				}
				default -> {
				}
			}
		}
		return new SocketOperationException(SocketErrorCode.AUTHENTICATION_FAILED,
				"The handshake has failed: " + FailureText.of(failure), failure);
	}

	private static final class Banned extends SocketOperationException {

		private static final long serialVersionUID = 1L;

		Banned() {
			super(SocketErrorCode.CONNECT_FAILED, "The address of the peer was banned before it was let in");
		}

	}

}

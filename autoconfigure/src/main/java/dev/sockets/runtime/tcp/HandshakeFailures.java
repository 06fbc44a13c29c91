package dev.sockets.runtime.tcp;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * What the failure of a handshake means to who waits for the connection.
 */
final class HandshakeFailures {

	private HandshakeFailures() {
	}

	/** Returns whether the peer has not answered in time. */
	static boolean isLate(Throwable failure) {
		return failure instanceof SocketOperationException known && known.getCode() == SocketErrorCode.REQUEST_TIMEOUT;
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

}

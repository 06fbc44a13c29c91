package dev.sockets.runtime.tcp;

import java.nio.channels.ClosedChannelException;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.stream.AbortReason;

/**
 * Why a connection is being closed.
 *
 * @param reason the reason
 * @param cause what led to it, if it was a fault
 */
public record CloseReason(DisconnectReason reason, @Nullable Throwable cause) {

	/**
	 * Returns why a connection is closed that its channel has aborted.
	 * @param reason why it has
	 * @param cause what led to it, if it was a fault
	 */
	static CloseReason of(AbortReason reason, @Nullable Throwable cause) {
		if (cause != null && cause.getCause() instanceof SocketOperationException known
				&& known.getCode() == SocketErrorCode.TLS_FAILED) {
			return new CloseReason(DisconnectReason.TLS, known);
		}
		return new CloseReason(switch (reason) {
			case BROKEN -> (cause instanceof ClosedChannelException) ? DisconnectReason.REMOTE : DisconnectReason.RESET;
			case OVERFLOW -> DisconnectReason.SLOW_CONSUMER;
			case STALLED -> DisconnectReason.WRITE_TIMEOUT;
			case MEMORY -> DisconnectReason.MEMORY;
			case FAILED ->
				(cause instanceof OutOfMemoryError) ? DisconnectReason.MEMORY : DisconnectReason.HANDLER_ERROR;
		}, cause);
	}

	/**
	 * Returns whether messages that were received but not handled are dropped.
	 * @return whether the application wants no more of them; by an orderly shutdown all
	 * were handled before
	 */
	boolean dropsReceived() {
		return switch (this.reason) {
			case LOCAL, KICKED, HANDLER_ERROR, SHUTDOWN, MEMORY -> true;
			default -> false;
		};
	}

	private boolean isOccupied() {
		return this.cause instanceof SocketOperationException known
				&& known.getCode() == SocketErrorCode.SERVER_OCCUPIED;
	}

	SocketOperationException sendFailure(String connection) {
		SocketErrorCode code = switch (this.reason) {
			case SLOW_CONSUMER -> SocketErrorCode.SLOW_CONSUMER;
			case WRITE_TIMEOUT -> SocketErrorCode.WRITE_TIMEOUT;
			case SHUTDOWN -> SocketErrorCode.SHUTTING_DOWN;
			default -> isOccupied() ? SocketErrorCode.SERVER_OCCUPIED : SocketErrorCode.NOT_CONNECTED;
		};
		return new SocketOperationException(code, connection + " is closed (" + this.reason + ")", this.cause);
	}

}

package dev.sockets.runtime.rpc;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.RemoteException;

/**
 * Errors of the peer as exceptions for those who wait for its results.
 */
final class RemoteErrors {

	private RemoteErrors() {
	}

	static RemoteException exception(ErrorReport error) {
		return new RemoteException(
				Refusals.isUnknownOpcode(error) ? SocketErrorCode.UNKNOWN_OPCODE : SocketErrorCode.REMOTE_ERROR,
				error.type(), error.message(), error.frames(), null);
	}

	/**
	 * Returns what to throw on the thread of a caller, for its stack trace.
	 * @param cause what its request has ended with
	 * @return the same, thrown here
	 */
	static RuntimeException here(@Nullable Throwable cause) {
		if (cause instanceof RemoteException remote) {
			return new RemoteException(remote.getCode(), remote.getType(), remote.getRemoteMessage(),
					remote.getFrames(), remote);
		}
		if (cause instanceof SocketOperationException failure) {
			return new SocketOperationException(failure.getCode(), String.valueOf(failure.getMessage()), failure);
		}
		return new IllegalStateException(cause);
	}

}

package dev.sockets;

import org.jspecify.annotations.Nullable;

/**
 * A socket operation failed; {@link #getCode()} says why.
 */
public class SocketOperationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final SocketErrorCode code;

	/**
	 * Creates an exception.
	 * @param code why the operation failed
	 * @param message what failed, and what to change
	 */
	public SocketOperationException(SocketErrorCode code, String message) {
		this(code, message, null);
	}

	/**
	 * Creates an exception with a cause.
	 * @param code why the operation failed
	 * @param message what failed, and what to change
	 * @param cause what led to it
	 */
	public SocketOperationException(SocketErrorCode code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	/**
	 * Returns why the operation failed.
	 * @return the code
	 */
	public final SocketErrorCode getCode() {
		return this.code;
	}

}

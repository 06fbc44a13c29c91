package dev.sockets.rpc;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a request are too many or too few, or not what they have to be. Thrown
 * by handlers, before they do anything; the peer gets a TypeError with the message.
 */
public class ArgumentMismatchException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what is wrong, in words for the peer
	 */
	public ArgumentMismatchException(String message) {
		this(message, null);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message what is wrong, in words for the peer
	 * @param cause what led to it; does not travel
	 */
	public ArgumentMismatchException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

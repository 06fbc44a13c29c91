package dev.sockets.runtime.multicast;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;

/**
 * A socket could not be bound, or could not join its group.
 */
final class CannotJoinException extends Exception {

	private static final long serialVersionUID = 1L;

	private final SocketErrorCode code;

	private final String key;

	private final String problem;

	private final String advice;

	/**
	 * Creates an exception.
	 * @param code why
	 * @param key the key of the property to change
	 * @param problem what is wrong
	 * @param advice what to set the property to
	 * @param cause what led to it
	 */
	CannotJoinException(SocketErrorCode code, String key, String problem, String advice, @Nullable Throwable cause) {
		super(problem, cause);
		this.code = code;
		this.key = key;
		this.problem = problem;
		this.advice = advice;
	}

	SocketErrorCode code() {
		return this.code;
	}

	String key() {
		return this.key;
	}

	String problem() {
		return this.problem;
	}

	String advice() {
		return this.advice;
	}

}

package dev.sockets.backplane;

import java.io.IOException;

/**
 * Why other nodes are not reached or heard, in words that say all: it is shown without
 * the name of its class. For an engine to tell its listener.
 */
public class BackplaneOutageException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message why, as a sentence
	 */
	public BackplaneOutageException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with what has led to it.
	 * @param message why, as a sentence
	 * @param cause what has led to it
	 */
	public BackplaneOutageException(String message, Throwable cause) {
		super(message, cause);
	}

	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}

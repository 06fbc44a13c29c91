package dev.sockets.runtime.backplane.frame;

/**
 * Bytes are not the body that their frame's type says. Many may come, so it has no stack
 * trace.
 */
public final class MalformedFrameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedFrameException(String message) {
		super(message, null, false, false);
	}

}

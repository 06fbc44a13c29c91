package dev.sockets.tcp;

/**
 * What becomes of a connection when a handler of its message throws.
 */
public enum HandlerErrorPolicy {

	/** The connection is kept. */
	KEEP,

	/** The connection is closed. */
	CLOSE

}

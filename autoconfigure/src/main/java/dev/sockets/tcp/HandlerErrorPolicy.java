package dev.sockets.tcp;

/**
 * What becomes of a connection when a message of it cannot be decoded, or a handler
 * throws.
 */
public enum HandlerErrorPolicy {

	/** The connection is kept. */
	KEEP,

	/** The connection is closed. */
	CLOSE

}

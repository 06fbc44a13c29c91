package dev.sockets.loop.stream;

/**
 * Why bytes were not sent.
 */
public enum UnsentReason {

	/** The channel was closed before they were written. */
	CLOSED,

	/** More bytes wait to be written than allowed. */
	OVERFLOW

}

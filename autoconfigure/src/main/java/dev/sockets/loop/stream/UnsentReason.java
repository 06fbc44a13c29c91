package dev.sockets.loop.stream;

/**
 * Why bytes were not sent.
 */
public enum UnsentReason {

	/** The channel was closed before they were written. */
	CLOSED,

	/** The output has been ended before. */
	ENDED,

	/** More bytes wait to be written than allowed. */
	OVERFLOW

}

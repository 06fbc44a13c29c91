package dev.sockets.loop.stream;

/**
 * What becomes of bytes that nobody waits for when too many wait already.
 */
public enum Overflow {

	/** The channel is closed. */
	CLOSE,

	/** They fail. */
	FAIL_NEWEST,

	/** Those that have waited longest fail. */
	FAIL_OLDEST

}

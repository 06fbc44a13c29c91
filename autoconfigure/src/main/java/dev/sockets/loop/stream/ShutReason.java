package dev.sockets.loop.stream;

/**
 * Why an acceptor accepts nothing.
 */
enum ShutReason {

	/** The acceptor is not open yet. */
	UNOPENED,

	/** The handler has no room for more connections. */
	FULL,

	/** Accepting has failed, and is tried again later. */
	OUTAGE,

	/** A late handler is still inside. */
	LATE_HANDLER

}

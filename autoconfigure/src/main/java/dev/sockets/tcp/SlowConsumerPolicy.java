package dev.sockets.tcp;

/**
 * What becomes of a message that nobody waits for (sent by {@code sendAsync} or
 * {@code broadcast}, or by a handler under {@code dispatch: loop}) when more bytes than
 * {@code outbound.max-pending} would wait for its peer. {@code send} on any other thread
 * waits for the peer, as long as the write deadline lets it.
 */
public enum SlowConsumerPolicy {

	/** The connection is closed. */
	DISCONNECT,

	/** The message fails; only senders that wait are let in. */
	BLOCK,

	/** The message fails. */
	DROP_NEWEST,

	/** The messages that have waited longest fail, until there is room. */
	DROP_OLDEST

}

package dev.sockets.loop.stream;

/**
 * Why a channel does not read. It reads when no reason is left.
 */
public enum PauseReason {

	/** It is not open yet. */
	UNOPENED,

	/** The application has asked for it. */
	APPLICATION,

	/** Both sides still show that they belong here, and nothing is awaited just now. */
	HANDSHAKE,

	/** Both sides go on to another protocol. */
	UPGRADE,

	/** A message is being handled that may change what comes behind it. */
	ONE_BY_ONE,

	/** More messages wait for the handler than it should. */
	BACKLOG,

	/** More replies wait for earlier ones than should. */
	ANSWERS,

	/** More messages wait to be acknowledged than should. */
	ACKNOWLEDGEMENTS,

	/** The peer does not take the replies. */
	REPLIES,

	/** There is no memory for more of what it sends. */
	MEMORY,

	/** The peer has sent more than its rate allows. */
	RATE,

	/** A late handler is still inside. */
	LATE_HANDLER,

	/** The input has ended, or the channel is closing. */
	CLOSING;

	final int bit = 1 << ordinal();

}

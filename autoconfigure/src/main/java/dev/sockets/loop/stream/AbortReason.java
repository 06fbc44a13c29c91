package dev.sockets.loop.stream;

/**
 * Why a channel is closed at once, without having been asked to.
 */
public enum AbortReason {

	/** Reading or writing has failed. */
	BROKEN,

	/** More bytes wait to be written than allowed. */
	OVERFLOW,

	/** The peer has taken no bytes for the write deadline. */
	STALLED,

	/** There is no memory for what it has sent or has not taken. */
	MEMORY,

	/**
	 * What was to be done for it has thrown something, so what was received or is to be
	 * sent may not be complete.
	 */
	FAILED

}

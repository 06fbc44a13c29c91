package dev.sockets.loop.stream;

/**
 * How the input of a channel has ended.
 */
public enum InputEnd {

	/** The peer has ended it, and everything before was consumed. */
	BY_PEER,

	/** The peer has ended it, and bytes are left that were not consumed. */
	TRUNCATED,

	/** {@link StreamChannel#endInput()} was called. */
	ON_REQUEST

}

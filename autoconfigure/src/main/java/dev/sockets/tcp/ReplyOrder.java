package dev.sockets.tcp;

/**
 * In which order the replies of handlers leave when some of them come later, by futures.
 */
public enum ReplyOrder {

	/**
	 * In that of the messages that they answer. A reply waits for the earlier ones; when
	 * too many wait, reading pauses.
	 */
	MESSAGE,

	/** In that in which they are there. */
	COMPLETION

}

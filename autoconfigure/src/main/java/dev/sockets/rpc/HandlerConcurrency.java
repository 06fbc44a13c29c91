package dev.sockets.rpc;

/**
 * How many requests of one connection are handled at a time.
 */
public enum HandlerConcurrency {

	/** All of them: none waits for another. */
	CONCURRENT,

	/**
	 * One, in the order in which they came: each waits for the result of the one before.
	 */
	ONE_AT_A_TIME

}

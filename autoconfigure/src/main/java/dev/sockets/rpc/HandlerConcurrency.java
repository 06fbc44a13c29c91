package dev.sockets.rpc;

/**
 * How many requests of one connection are handled at a time.
 */
public enum HandlerConcurrency {

	/** All of them: none waits for another. */
	CONCURRENT,

	/**
	 * One, in the order in which they came: each waits for the result of the one before.
	 * So a result that a handler has promised for later, as a future, has
	 * {@code request-timeout}; then its request is answered by a {@code TimeoutError}.
	 */
	ONE_AT_A_TIME

}

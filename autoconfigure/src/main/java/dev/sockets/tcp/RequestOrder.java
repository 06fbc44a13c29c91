package dev.sockets.tcp;

/**
 * When a request is sent while another one over the same connection waits for its answer.
 */
public enum RequestOrder {

	/**
	 * At once, but when requests that are answered in order have followed each other for
	 * a second: then when all before it are answered, which shows that they are in step.
	 */
	PIPELINED,

	/** When those before it are answered; its deadline counts from the call. */
	ONE_AT_A_TIME

}

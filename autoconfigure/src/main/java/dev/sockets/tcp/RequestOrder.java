package dev.sockets.tcp;

/**
 * When a request is sent while another one over the same connection waits for its answer.
 */
public enum RequestOrder {

	/** At once. */
	PIPELINED,

	/** When those before it are answered; its deadline counts from the call. */
	ONE_AT_A_TIME

}

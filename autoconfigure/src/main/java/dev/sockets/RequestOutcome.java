package dev.sockets;

/**
 * How a request has ended.
 */
public enum RequestOutcome {

	/** It was answered. */
	SUCCESS,

	/** It was not answered in time. */
	TIMEOUT,

	/** Its future was cancelled. */
	CANCELLED,

	/** It could not be sent, its answer could not be decoded, or the connection ended. */
	ERROR

}

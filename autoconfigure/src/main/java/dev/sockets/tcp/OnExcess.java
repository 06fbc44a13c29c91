package dev.sockets.tcp;

/**
 * What becomes of a connection over which more comes than its rate allows.
 */
public enum OnExcess {

	/** It is read no further for a while. */
	DELAY,

	/** It is closed. */
	DISCONNECT

}

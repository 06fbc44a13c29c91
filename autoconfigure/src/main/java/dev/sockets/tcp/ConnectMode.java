package dev.sockets.tcp;

/**
 * When a client has a connection.
 */
public enum ConnectMode {

	/** Always: it connects when it starts, and again when it has lost its connection. */
	ALWAYS,

	/**
	 * When something is to be sent. The connection stays until it is lost, or idle for as
	 * long as it may be; then the next message makes another one.
	 */
	ON_DEMAND,

	/**
	 * For each message of its own: the connection is closed when the answer to a request
	 * has come, or a message was sent that is no request. One at a time, the others wait
	 * in line.
	 */
	PER_REQUEST

}

package dev.sockets.tcp;

import dev.sockets.InvalidSettingException;

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
	PER_REQUEST;

	/** Refuses connections that come and go where they cannot. */
	void check(String property, ConnectionSettings connection) {
		if (this != ALWAYS && connection.rpc() != null) {
			throw new InvalidSettingException(property, this,
					"always: requests by opcode go both ways, over a connection that stays");
		}
	}

}

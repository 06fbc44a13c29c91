package dev.sockets;

/**
 * What an endpoint is doing.
 */
public enum EndpointState {

	/** Not started, or stopped. */
	STOPPED,

	/** A server that takes connections, or a receiver that takes datagrams. */
	LISTENING,

	/** A server that listens but takes no connections for now. */
	PAUSED,

	/**
	 * A server that cannot accept connections for now, or is full of ones that have ended
	 * but whose handlers or listeners have not returned; a server or a client with an
	 * open connection whose handlers block all threads there are for them; a receiver
	 * that misses an interface, cannot receive, has a handler that does not return, or
	 * waits for as many answers of handlers as it may, of which hardly any comes; or a
	 * sender that cannot send.
	 */
	FAILING,

	/** A started sender, or a client that connects when it has something to send. */
	READY,

	/** A client that is trying to connect. */
	CONNECTING,

	/** A client whose connection is open. */
	CONNECTED,

	/** A client whose server was full, and that tries again later. */
	OCCUPIED,

	/** A started client without a connection. */
	DISCONNECTED,

	/** Finishing its work before it stops. */
	STOPPING

}

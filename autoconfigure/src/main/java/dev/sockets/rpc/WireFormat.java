package dev.sockets.rpc;

/**
 * What requests by opcode and their replies look like on the wire.
 */
public enum WireFormat {

	/** Arrays, as specified in {@code docs/rpc-protocol.md}. */
	ARRAYS,

	/**
	 * Tuples, as programs have them that use TCPTalks. A connection begins with a
	 * password, which travels in clear, and with the identity of the client.
	 */
	TCPTALKS

}

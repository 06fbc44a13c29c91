package dev.sockets;

/**
 * What went wrong in a socket operation. Codes from 1000 to 1005 carry the numbers of
 * jfSocket, so that its users can keep their tables; codes from 1100 are ours.
 */
public enum SocketErrorCode {

	/** The client is connected already. */
	ALREADY_CONNECTED(1000),

	/** There is no open connection to send on. */
	NOT_CONNECTED(1001),

	/** A name is taken, or a multicast group joined, already. */
	ADDRESS_EXISTS(1002),

	/** A multicast group that is to be left is not joined. */
	ADDRESS_NOT_FOUND(1003),

	/**
	 * An address is no multicast address: neither 224.0.0.0 to 239.255.255.255 nor one
	 * that starts with ff.
	 */
	INVALID_MULTICAST_ADDRESS(1004),

	/** The port or address is used by another socket. */
	ADDRESS_IN_USE(1005),

	/** The connection was not established within its deadline. */
	CONNECT_TIMEOUT(1100),

	/** The peer refused the connection, or it could not be reached. */
	CONNECT_FAILED(1101),

	/** The server was full. */
	SERVER_OCCUPIED(1104),

	/** The address to listen on could not be bound, for another reason than its use. */
	BIND_FAILED(1102),

	/** Connections cannot be accepted for now. */
	ACCEPT_FAILED(1103),

	/** A multicast group could not be joined on a network interface. */
	JOIN_FAILED(1105),

	/** Datagrams cannot be received for now. */
	RECEIVE_FAILED(1106),

	/** The operating system took no datagram: there is no route, for example. */
	SEND_FAILED(1107),

	/** The peer has not shown in time that it belongs here, or does not take us. */
	AUTHENTICATION_FAILED(1108),

	/**
	 * The two sides could not agree on TLS, or one of them does not trust the certificate
	 * of the other.
	 */
	TLS_FAILED(1109),

	/** A frame or datagram is longer than allowed. */
	FRAME_TOO_LARGE(1110),

	/** Bytes arrived that do not form a frame. */
	MALFORMED_FRAME(1111),

	/** A payload could not be decoded from its frame, or encoded into one. */
	CODEC_FAILED(1112),

	/** A handler of a message threw, or handlers do not return. */
	HANDLER_FAILED(1113),

	/** A frame has another checksum than it should have. */
	CHECKSUM(1114),

	/** Another open connection is bound to a name, and is to keep it. */
	SESSION_TAKEN(1115),

	/**
	 * A peer has begun a frame and not finished it: in time, or before the connection
	 * ended.
	 */
	INCOMPLETE_FRAME(1116),

	/** A connection is in as many groups as it may be in. */
	TOO_MANY_GROUPS(1117),

	/**
	 * The peer reads too slowly: the bound of bytes waiting to be written was reached.
	 */
	SLOW_CONSUMER(1120),

	/** The peer took no bytes for as long as the write deadline. */
	WRITE_TIMEOUT(1121),

	/** The output of the connection was closed: this side sends nothing more. */
	OUTPUT_CLOSED(1122),

	/**
	 * The peer has refused a message, or has not acknowledged it in time; it may have
	 * received it all the same.
	 */
	NOT_ACKNOWLEDGED(1123),

	/** A request was not answered within its deadline. */
	REQUEST_TIMEOUT(1140),

	/** More requests wait for an answer than allowed. */
	TOO_MANY_REQUESTS(1141),

	/** The peer has failed to execute a request. */
	REMOTE_ERROR(1142),

	/** Nothing is bound at the peer to the opcode of a request. */
	UNKNOWN_OPCODE(1143),

	/**
	 * A reply was dropped: nobody waits for it, or not any more, or more are kept than
	 * allowed.
	 */
	REPLY_DROPPED(1144),

	/** Other nodes cannot be reached now. */
	BACKPLANE_DOWN(1150),

	/**
	 * Too much waits to be sent to other nodes, to be answered by them, or for
	 * connections there.
	 */
	BACKPLANE_FULL(1151),

	/** Another node, or what leads to it, has not answered in time. */
	BACKPLANE_TIMEOUT(1152),

	/** The endpoint is stopping and takes no more work. */
	SHUTTING_DOWN(1130);

	private final int value;

	SocketErrorCode(int value) {
		this.value = value;
	}

	/**
	 * Returns the number of this code.
	 * @return the number, stable between releases
	 */
	public int value() {
		return this.value;
	}

}

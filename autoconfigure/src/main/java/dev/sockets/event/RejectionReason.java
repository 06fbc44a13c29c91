package dev.sockets.event;

/**
 * Why a server has turned a connection away.
 */
public enum RejectionReason {

	/** It has as many connections as it may. */
	FULL,

	/** It has as many connections from that address as it may. */
	ADDRESS_LIMIT,

	/** It is paused. */
	PAUSED,

	/** The peer has not shown in time that it belongs here. */
	AUTHENTICATION,

	/** The two sides could not agree on TLS, or not in time. */
	TLS,

	/**
	 * Its address is not among those that are allowed, or among those that are denied.
	 */
	DENIED,

	/** Its address has begun as many connections in a time as it may. */
	CONNECT_RATE,

	/** Its address is banned for a while. */
	BANNED,

	/**
	 * It came without the header of the PROXY protocol that it needs, or with a late or
	 * malformed one, or not through a proxy that is believed.
	 */
	PROXY_HEADER

}

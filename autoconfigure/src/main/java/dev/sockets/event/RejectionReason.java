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

	/** The peer does not know the password, or has not told it in time. */
	AUTHENTICATION,

	/** The two sides could not agree on TLS, or not in time. */
	TLS

}

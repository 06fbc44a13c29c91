package dev.sockets.runtime.backplane.frame;

/**
 * Why a frame was not sent, or not taken.
 */
public enum DropReason {

	/** The engine has no connection, or this node does not take part. */
	DOWN,

	/** Too much waits for the engine already. */
	FULL,

	/** It has waited for the engine for too long. */
	EXPIRED,

	/** The engine does not know whether it has arrived. */
	UNCONFIRMED,

	/** Too much waits for the connections of this node. */
	INBOUND_FULL,

	/** It came before. */
	DUPLICATE,

	/** It is not signed, or not by anybody who knows the secret, or from another time. */
	SIGNATURE,

	/** It is of a later version than this node knows. */
	VERSION,

	/** It is of a type that this node does not know. */
	TYPE,

	/** It is no frame. */
	MALFORMED,

	/** Its bytes are of another framing or codec than those of this node's server. */
	FORMAT,

	/** Nothing was heard of its node before. */
	UNKNOWN_NODE

}

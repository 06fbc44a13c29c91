package dev.sockets.tcp;

/**
 * Whether a server asks its clients for certificates.
 */
public enum ClientAuth {

	/** It does not. */
	NONE,

	/** It does, and takes clients that have none, but none that it does not trust. */
	WANT,

	/** It does, and takes no client without one that it trusts. */
	NEED

}

package dev.sockets.tcp;

/**
 * What becomes of a connection whose peer has ended its output and may still read.
 */
public enum PeerEndPolicy {

	/** It is closed as soon as everything that the peer has asked is answered. */
	CLOSE,

	/**
	 * It stays, for sends that answer no message, until this side closes it or the peer
	 * does not take what is sent. That a peer is gone altogether is not noticed before.
	 */
	KEEP

}

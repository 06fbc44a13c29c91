package dev.sockets.multicast;

/**
 * Why a datagram was not delivered.
 */
public enum DropReason {

	/**
	 * Handlers did not keep up, and the queue was full, or as many of their answers were
	 * still to come.
	 */
	QUEUE_FULL,

	/** It was longer than {@code max-datagram-size}. */
	TOO_LARGE,

	/** It came from none of the {@code sources}. */
	OTHER_SOURCE,

	/** It was still waiting when the receiver stopped. */
	STOPPED

}

package dev.sockets.multicast;

/**
 * What a receiver does with a datagram when its queue is full.
 */
public enum QueueOverflow {

	/** The datagrams that have waited longest are dropped. */
	DROP_OLDEST,

	/** The new datagram is dropped. */
	DROP_NEWEST

}

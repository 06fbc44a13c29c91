package dev.sockets;

/**
 * What an inbox does with an event when it is full.
 */
public enum InboxOverflow {

	/** The event that has waited longest is dropped. */
	DROP_OLDEST,

	/** The new event is dropped. */
	DROP_NEWEST,

	/**
	 * The handler's thread waits until there is room or the endpoint stops. Senders don't
	 * wait: how their sends have ended is dropped.
	 */
	BLOCK

}

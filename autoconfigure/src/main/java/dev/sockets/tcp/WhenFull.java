package dev.sockets.tcp;

/**
 * What a server does about a new connection when it has as many as allowed, or is paused.
 */
public enum WhenFull {

	/** It is told so and closed. */
	REJECT,

	/** It waits in the backlog. */
	WAIT

}

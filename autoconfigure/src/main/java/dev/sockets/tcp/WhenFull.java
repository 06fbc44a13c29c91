package dev.sockets.tcp;

/**
 * What a server does about a new connection when it has as many as allowed, or is paused.
 */
public enum WhenFull {

	/** It is told so and closed. */
	REJECT,

	/** It waits in the backlog. */
	WAIT,

	/**
	 * It gets the place of the connection whose peer has been silent longest, which is
	 * most likely dead: a device that has lost its connection is back long before that is
	 * found out. While the server is paused, or many wait for such a place already, it
	 * waits in the backlog.
	 */
	REPLACE_OLDEST

}

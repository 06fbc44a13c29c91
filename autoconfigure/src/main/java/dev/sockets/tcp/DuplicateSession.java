package dev.sockets.tcp;

/**
 * What a server does when a connection is bound to a name that another open one has.
 */
public enum DuplicateSession {

	/**
	 * The new connection gets the name, and the other one is closed: a device that has
	 * lost its connection logs in again long before anybody else finds out.
	 */
	REPLACE,

	/** The other one keeps it, and binding fails. */
	REJECT,

	/** Both have it, and the one that was bound last is found. */
	ALLOW

}

package dev.sockets.framing;

/**
 * What becomes of a frame in which another one begins before its end has come.
 */
public enum BeginInside {

	/**
	 * Its peer has not finished it: what has come of it is refused, and the frame that
	 * begins within it is the next one.
	 */
	REJECT,

	/** What would begin another frame is a part of its payload, also when it is sent. */
	KEEP

}

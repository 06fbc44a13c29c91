package dev.sockets.tcp;

/**
 * What becomes of a connection when a request over it was not answered in time.
 */
public enum RequestTimeoutPolicy {

	/**
	 * It is closed, and a client connects again. The default for requests that are
	 * answered in order: after an answer that never comes nobody knows which request a
	 * later one belongs to.
	 */
	CLOSE,

	/**
	 * It stays. A request answered in order keeps its place for its own time again, and
	 * those after it are held back meanwhile: an answer that comes that late is an
	 * ordinary message. One that never comes shifts those that were sent before it was
	 * late.
	 */
	KEEP

}

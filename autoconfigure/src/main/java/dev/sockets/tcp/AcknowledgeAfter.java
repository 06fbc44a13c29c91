package dev.sockets.tcp;

/**
 * When a received message is acknowledged.
 */
public enum AcknowledgeAfter {

	/** As soon as it is there and its checksum, if there is one, is right. */
	RECEIVED,

	/**
	 * When its handlers have returned, and futures that they have returned have ended.
	 * When one has failed, the peer is asked to repeat the message. Nothing is sent to a
	 * peer whose message is not acknowledged yet.
	 */
	HANDLED

}

package dev.sockets.runtime.handshake;

/**
 * The beginning of one connection, in frames that no codec sees. Called by the thread
 * that reads, one call at a time.
 */
public interface FrameHandshake {

	/** TCP has connected. */
	void begin();

	/**
	 * A frame has come.
	 * @param frame its payload, this handshake's own
	 */
	void received(byte[] frame);

	/**
	 * The connection has ended before the handshake has. Called by any thread.
	 */
	default void ended() {
	}

	/**
	 * Makes what begins connections.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Begins to begin a connection.
		 * @param link goes over it
		 * @return the handshake
		 */
		FrameHandshake create(HandshakeLink link);

	}

}

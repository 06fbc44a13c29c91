package dev.sockets.loop.stream;

import java.nio.ByteBuffer;

/**
 * What becomes of the first bytes of an accepted socket, and then of the socket. Called
 * on its event loop, one method at a time.
 */
public interface PrefaceHandler {

	/** Why nothing more is read. */
	enum End {

		/** Everything is there. */
		COMPLETE,

		/** It is not there within the deadline. */
		LATE,

		/** The peer has closed the socket, or it was closed here. */
		CLOSED

	}

	/**
	 * Bytes have come. Must not block.
	 * @param bytes the bytes; valid only during the call
	 * @return whether everything is there
	 */
	boolean received(ByteBuffer bytes);

	/**
	 * Nothing more is read; what becomes of the socket is this handler's to decide. May
	 * block like any handler.
	 * @param end why
	 */
	void ended(End end);

}

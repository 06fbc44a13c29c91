package dev.sockets.runtime.tcp;

import java.io.IOException;

/**
 * Told about the life of an endpoint's connections: about all but their very end before
 * the application is.
 */
interface ConnectionOwner {

	/**
	 * A connection is open.
	 * @param connection the connection
	 */
	void opened(DefaultConnection connection);

	/**
	 * A connection could not be opened.
	 * @param connection the connection that never was
	 * @param cause why
	 */
	void connectFailed(DefaultConnection connection, IOException cause);

	/**
	 * A connection's first message has arrived. Tells the application nothing.
	 * @param connection the connection
	 * @param bytes holds the message
	 * @param start index of its first byte
	 * @param length its length
	 * @return whether that was meant for the owner, not for the application
	 */
	default boolean firstMessage(DefaultConnection connection, byte[] bytes, int start, int length) {
		return false;
	}

	/**
	 * The peer has ended a connection without having sent a byte. Tells the application
	 * nothing.
	 * @param connection the connection
	 * @return whether that was meant for the owner
	 */
	default boolean endedInSilence(DefaultConnection connection) {
		return false;
	}

	/**
	 * Tells the application what was meant for the owner, when its turn among the
	 * messages has come.
	 * @param connection the connection
	 */
	default void tell(DefaultConnection connection) {
	}

	/**
	 * A connection was closed.
	 * @param connection the connection
	 */
	void closed(DefaultConnection connection);

	/**
	 * The peer has closed a connection too, or was not waited for any longer.
	 * @param connection the connection
	 */
	default void released(DefaultConnection connection) {
	}

	/**
	 * The application was told that a connection was closed, and none of its handlers
	 * runs any more.
	 * @param connection the connection
	 */
	default void gone(DefaultConnection connection) {
	}

}

package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * What becomes of accepted sockets.
 */
public interface AcceptHandler {

	/**
	 * Returns whether a connection may be accepted now; if not, {@link Acceptor#retry()}
	 * says when it may be.
	 * @return whether it may
	 */
	boolean mayAccept();

	/**
	 * A connection was accepted. Its socket is closed when this throws anything.
	 * @param socket its socket, not blocking
	 */
	void accepted(SocketChannel socket);

	/**
	 * Accepting fails, and is tried again after a pause; called once until it recovers.
	 * @param cause why
	 */
	void acceptFailed(IOException cause);

	/** Accepting works again. */
	void acceptRecovered();

	/** Some time has passed. Called about ten times a second. */
	default void tick() {
	}

}

package dev.sockets.runtime.tcp;

import dev.sockets.SocketOperationException;

/**
 * Something that looks at the payloads received over one connection before they are
 * dispatched. What it takes bypasses the handlers and their queue, whatever
 * {@code dispatch} says: so a handler may wait for it.
 */
interface PayloadHook {

	/**
	 * Returns whether the application is to know of the connection only when the hook
	 * says so, and nothing to be delivered until then.
	 * @return whether it holds the connection back
	 */
	default boolean holds() {
		return false;
	}

	/**
	 * TCP has connected, and the connection is held back. Called by the reading thread.
	 */
	default void begin() {
	}

	/**
	 * The application is told of the connection. Called by who reads or ticks, before
	 * anything else is read.
	 */
	default void opened() {
	}

	/**
	 * Looks at a payload. Called by the reading thread, for one payload after another; it
	 * is not to block.
	 * @param payload the payload
	 * @return whether it was for this hook, so that nobody else gets it
	 */
	boolean takes(Object payload);

	/**
	 * A frame could not be decoded. Called by the reading thread, in the payload's place.
	 * @param fault why, and what could be decoded
	 * @return whether somebody was told by this hook, so that nobody else is
	 */
	default boolean takesFault(MessageFault fault) {
		return false;
	}

	/**
	 * Returns whether anybody waits for something from the peer. Open to all threads.
	 * @return whether it would be a pity to close the connection now
	 */
	default boolean awaits() {
		return false;
	}

	/**
	 * Some time has passed. Called about ten times a second, by any thread.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	default void tick(long now) {
	}

	/**
	 * Nothing more is read. Called by any thread, perhaps more than once: the first cause
	 * counts. The connection may stay open until what was read is handled, but a handler
	 * that waits for something from the peer is not to wait for that.
	 * @param cause why
	 */
	void ended(SocketOperationException cause);

}

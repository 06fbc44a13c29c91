package dev.sockets.runtime.tcp;

import dev.sockets.event.DisconnectReason;

/**
 * The end of one connection that is none of its peer's: what was received is handled, and
 * answered if that does not take longer than a write may. Open to all threads.
 */
public final class Drain {

	private Drain() {
	}

	/**
	 * Begins: nothing more is read.
	 * @param connection the connection
	 * @param reason why it ends; the first reason stays
	 */
	public static void begin(DefaultConnection connection, DisconnectReason reason) {
		connection.closingBecause(reason, null);
		connection.channel().endInput();
	}

}

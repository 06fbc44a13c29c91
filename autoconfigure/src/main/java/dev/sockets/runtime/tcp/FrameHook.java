package dev.sockets.runtime.tcp;

import dev.sockets.framing.FrameWindow;

/**
 * Something that looks at the frames of a connection before they are decoded. Most serve
 * all connections of an endpoint, and keep what they remember of a connection elsewhere.
 */
public interface FrameHook {

	/**
	 * Looks at a frame. Called by the reading thread, for one frame after another.
	 * @param connection the connection that the frame came over
	 * @param frame marks the frame; valid only during the call
	 * @return whether it was for this hook, so that nobody else gets it
	 */
	boolean takes(DefaultConnection connection, FrameWindow frame);

	/**
	 * Returns the hook of one connection.
	 * @return this one, unless it remembers something of its connection itself
	 */
	default FrameHook forConnection() {
		return this;
	}

	/**
	 * The peer has ended or reset a connection. Called by the reading thread, before the
	 * application is told.
	 * @param connection the connection
	 */
	default void ended(DefaultConnection connection) {
	}

	/**
	 * Some time has passed and no deadline was missed. Called about ten times a second,
	 * by any thread.
	 * @param connection the connection
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	default void tick(DefaultConnection connection, long now) {
	}

}

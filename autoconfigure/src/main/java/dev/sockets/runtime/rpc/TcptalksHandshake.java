package dev.sockets.runtime.rpc;

import org.jspecify.annotations.Nullable;

/**
 * How a connection of TCPTalks begins, on one side. Until it is over the application
 * knows nothing of the connection, and nothing of the peer is executed.
 */
interface TcptalksHandshake {

	/** TCP has connected. Called by the reading thread. */
	default void begin() {
	}

	/**
	 * Takes what belongs to the beginning, and refuses or drops what comes too early.
	 * Called by the reading thread.
	 * @param message what has come; {@code null} for what is no message, or a malformed
	 * one
	 * @return whether nobody else is to see it
	 */
	boolean takes(@Nullable RpcMessage message);

	/**
	 * Some time has passed. Called by any thread.
	 * @param now the time, as {@link RpcLink#nanos()}
	 */
	default void tick(long now) {
	}

	/**
	 * Returns what the peer calls itself.
	 * @return its identity; {@code null} when it has not told
	 */
	default @Nullable String peerId() {
		return null;
	}

}

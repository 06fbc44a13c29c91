package dev.sockets.loop.stream;

import dev.sockets.loop.Registration;

/**
 * What a channel asks its event loop to do for it.
 */
enum Signal {

	/** Write what waits, also while a late handler is inside. */
	WRITE(Registration.URGENT),

	/** Connect the socket, or read it if it is connected. */
	OPEN(2),

	/** The time to connect is over. */
	CONNECT_TIMEOUT(4),

	/** Read on. */
	RESUME(8),

	/** Read nothing more. */
	END_INPUT(16),

	/** Tell the handler that the channel was closed. */
	CLOSED(32),

	/** Wait no longer for the peer's end. */
	LINGERED(64),

	/** Read on after what the peer has sent too much. */
	RATE_OVER(128),

	/** Go on to another protocol, as all is written that comes before it. */
	UPGRADE(256),

	/** See whether the peer has been silent for long enough. */
	SILENCE(512);

	final int bit;

	Signal(int bit) {
		this.bit = bit;
	}

	boolean isIn(int bits) {
		return (bits & this.bit) != 0;
	}

}

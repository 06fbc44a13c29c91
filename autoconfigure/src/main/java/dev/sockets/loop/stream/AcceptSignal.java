package dev.sockets.loop.stream;

import dev.sockets.loop.Registration;

/**
 * What an acceptor asks its event loop to do for it.
 */
enum AcceptSignal {

	/** Close the socket, also while a late handler is inside. */
	CLOSE(Registration.URGENT),

	/** Begin to accept. */
	OPEN(2),

	/** Try again after an outage. */
	RETRY(4),

	/** See whether the outage is over. */
	SETTLED(8);

	final int bit;

	AcceptSignal(int bit) {
		this.bit = bit;
	}

	boolean isIn(int bits) {
		return (bits & this.bit) != 0;
	}

}

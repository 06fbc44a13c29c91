package dev.sockets.runtime.tcp;

import dev.sockets.runtime.ReplyLine;

/**
 * A received message that is to be acknowledged once all that handles it has ended. Open
 * to all threads.
 */
final class OwedAcknowledgement {

	private final ReplyLine.Place place;

	private int underWay;

	private boolean failed;

	/**
	 * Creates one for a message that waits to be handled.
	 * @param place its place among the acknowledgements
	 */
	OwedAcknowledgement(ReplyLine.Place place) {
		this.place = place;
	}

	ReplyLine.Place place() {
		return this.place;
	}

	/** Something begins to handle the message. */
	synchronized void begin() {
		this.underWay++;
	}

	/**
	 * Something has ended that was handling the message.
	 * @param failed whether it has failed
	 * @return whether it was the last
	 */
	synchronized boolean end(boolean failed) {
		this.failed |= failed;
		this.underWay--;
		return this.underWay == 0;
	}

	synchronized boolean hasFailed() {
		return this.failed;
	}

}

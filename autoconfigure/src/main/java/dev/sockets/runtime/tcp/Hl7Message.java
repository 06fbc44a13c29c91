package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

/**
 * A message of HL7 that is being handled, and what is known of its answer. Open to all
 * threads.
 */
final class Hl7Message {

	private final Hl7Header header;

	private int underWay = 1;

	private boolean failed;

	private boolean answered;

	Hl7Message(Hl7Header header) {
		this.header = header;
	}

	Hl7Header header() {
		return this.header;
	}

	/** Something that its handler has begun will end later. */
	synchronized void begin() {
		this.underWay++;
	}

	synchronized boolean isDone() {
		return this.underWay == 0;
	}

	/** A handler has answered it. */
	synchronized void answered() {
		this.answered = true;
	}

	/**
	 * Something has ended that was handling the message.
	 * @param failed whether it has failed
	 * @return the acknowledgement to be sent now; {@code null} when there is none
	 */
	synchronized @Nullable String end(boolean failed) {
		this.failed |= failed;
		this.underWay--;
		if (this.underWay > 0 || this.answered || this.header.isAnswer()) {
			return null;
		}
		return this.header.acknowledgement(this.failed ? 'E' : 'A');
	}

}

package dev.sockets.framing;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells acknowledgements from the frames of another framing, between which they stand. An
 * acknowledgement is marked as a frame of its own, without a payload to decode.
 */
public final class AcknowledgedFraming implements Framing {

	private final Framing framing;

	/** Skips what is between frames; {@code null} when nothing is. */
	private final @Nullable SeekingFraming skipping;

	private final byte[] ack;

	private final byte @Nullable [] nak;

	private final Marks marks;

	AcknowledgedFraming(Framing framing, byte[] ack, byte @Nullable [] nak) {
		Framing frames = (framing instanceof ChecksumFraming checked) ? checked.framing() : framing;
		AcknowledgementFit.require(framing, frames, ack, nak);
		this.framing = framing;
		this.skipping = (frames instanceof SeekingFraming seeking && seeking.skipsBetween()) ? seeking : null;
		this.ack = ack.clone();
		this.nak = (nak != null) ? nak.clone() : null;
		this.marks = new Marks((this.nak != null) ? List.of(this.ack, this.nak) : List.of(this.ack));
	}

	/**
	 * Returns whether noise between frames is skipped.
	 */
	boolean skips() {
		return this.skipping instanceof MarkedFraming;
	}

	/**
	 * Returns whether an acknowledgement that something was received is marked.
	 * @param window what was found
	 * @return whether it is no frame, but that
	 */
	public boolean isAck(FrameWindow window) {
		return window.frameArray() == this.ack;
	}

	/**
	 * Returns whether an acknowledgement that something is to be repeated is marked.
	 * @param window what was found
	 * @return whether it is no frame, but that
	 */
	public boolean isNak(FrameWindow window) {
		return window.frameArray() == this.nak;
	}

	@Override
	public boolean next(FrameWindow window) {
		if (this.skipping != null) {
			this.skipping.skipTo(this.marks, window);
			if (window.start() == window.end()) {
				return false;
			}
		}
		byte[] array = window.array();
		int start = window.start();
		int length = this.marks.length(array, start, window.end());
		if (length > 0) {
			boolean positive = Arrays.equals(array, start, start + length, this.ack, 0, this.ack.length);
			window.frame((positive || this.nak == null) ? this.ack : this.nak, start + length);
			return true;
		}
		return !this.marks.isCut(array, start, window.end()) && this.framing.next(window);
	}

	@Override
	public boolean end(FrameWindow window) {
		return this.framing.end(window);
	}

	@Override
	public long maxBytes(int maxFrameSize) {
		return this.framing.maxBytes(maxFrameSize);
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		int start = output.size();
		this.framing.encode(payload, output);
		if (this.marks.length(output.array(), start, output.size()) > 0) {
			throw FrameFault.payloadRefused(this, "a payload that begins with " + this.marks
					+ ", as it would be taken for an acknowledgement: " + "begin it with something else", payload);
		}
	}

	@Override
	public long shortestPayload() {
		return this.framing.shortestPayload();
	}

	@Override
	public String toString() {
		return this.framing + " acknowledged by " + this.marks;
	}

}

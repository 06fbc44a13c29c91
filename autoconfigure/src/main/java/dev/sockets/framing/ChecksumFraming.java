package dev.sockets.framing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;

/**
 * Checks the frames of another framing, and gives a checksum to those that are sent.
 */
final class ChecksumFraming implements Framing {

	private final Framing framing;

	private final Checksum checksum;

	ChecksumFraming(Framing framing, Checksum checksum) {
		this.framing = framing;
		this.checksum = checksum;
	}

	Framing framing() {
		return this.framing;
	}

	@Override
	public boolean next(FrameWindow window) {
		int maxFrameSize = window.maxFrameSize();
		window.maxFrameSize((int) Math.min(Integer.MAX_VALUE, (long) maxFrameSize + this.checksum.added()));
		boolean found;
		try {
			found = this.framing.next(window);
		}
		finally {
			window.maxFrameSize(maxFrameSize);
		}
		if (found) {
			check(window);
		}
		return found;
	}

	@Override
	public boolean end(FrameWindow window) {
		boolean found = this.framing.end(window);
		if (found) {
			check(window);
		}
		return found;
	}

	private void check(FrameWindow window) {
		if (window.rejection() != null) {
			return;
		}
		byte[] array = window.frameArray();
		int start = window.frameStart();
		int end = start + window.frameLength();
		if (this.checksum.matches(array, start, end)) {
			window.shorten(this.checksum.added());
		}
		else {
			window.refuse(SocketErrorCode.CHECKSUM, this.checksum.mismatch(array, start, end));
		}
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		byte[] frame = this.checksum.withRoom(payload);
		if (this.framing instanceof LengthFraming length) {
			length.fill(frame);
		}
		if (!this.checksum.fill(frame, 0, frame.length)) {
			throw FrameFault.payloadRefused(this,
					"a payload that is too short to have its checksum: send at least " + shortestPayload() + " bytes",
					payload);
		}
		this.framing.encode(frame, output);
	}

	@Override
	public @Nullable Duration gap() {
		return this.framing.gap();
	}

	@Override
	public long maxBytes(int maxFrameSize) {
		return this.framing.maxBytes(maxFrameSize) + this.checksum.added();
	}

	@Override
	public long shortestPayload() {
		return Math.max(0, this.checksum.shortest(this.framing.shortestPayload()) - this.checksum.added());
	}

	@Override
	public String toString() {
		return this.framing + " with " + this.checksum;
	}

}

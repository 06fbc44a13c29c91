package dev.sockets.framing;

import org.springframework.util.Assert;

/**
 * All frames have the same length.
 */
final class FixedFraming implements Framing {

	private final int size;

	FixedFraming(int size) {
		Assert.isTrue(size > 0, () -> "A fixed frame needs at least one byte, not " + size);
		this.size = size;
	}

	int size() {
		return this.size;
	}

	@Override
	public boolean next(FrameWindow window) {
		int start = window.start();
		if (window.end() - start < this.size) {
			return false;
		}
		window.frame(start, start + this.size, start + this.size);
		return true;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (payload.length != this.size) {
			throw FrameFault.payloadRefused(this, "a payload of another length, as it would shift all frames after it: "
					+ "pad it to " + this.size + " bytes, or use framing length4", payload);
		}
		output.write(payload);
	}

	@Override
	public long shortestPayload() {
		return this.size;
	}

	@Override
	public String toString() {
		return "fixed " + this.size;
	}

}

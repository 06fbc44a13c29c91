package dev.sockets.framing;

/**
 * Whatever has been received is a frame, up to the maximum size.
 */
final class RawFraming implements Framing {

	@Override
	public boolean next(FrameWindow window) {
		int frameEnd = Scan.limit(window, 0);
		window.frame(window.start(), frameEnd, frameEnd);
		return true;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (payload.length == 0) {
			throw FrameFault.payloadRefused(this,
					"an empty payload, as nothing would arrive: send at least one byte, or use framing length4",
					payload);
		}
		output.write(payload);
	}

	@Override
	public String toString() {
		return "raw";
	}

}

package dev.sockets.framing;

/**
 * All that the peer sends until it ends its side is one frame.
 */
final class EndOfStreamFraming implements Framing {

	@Override
	public boolean next(FrameWindow window) {
		if (window.end() - window.start() > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "more than a frame may have", window);
		}
		window.scanned(window.end());
		return false;
	}

	@Override
	public boolean end(FrameWindow window) {
		window.frame(window.start(), window.end(), window.end());
		return true;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		output.write(payload);
	}

	@Override
	public String toString() {
		return "end-of-stream";
	}

}

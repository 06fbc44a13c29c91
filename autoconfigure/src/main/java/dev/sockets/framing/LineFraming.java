package dev.sockets.framing;

import java.util.List;

/**
 * LF ends a frame, and one CR before it is dropped.
 */
final class LineFraming implements SeekingFraming {

	private static final int CRLF_LENGTH = 2;

	private final String name;

	LineFraming(String name) {
		this.name = name;
	}

	@Override
	public List<byte[]> ends() {
		return LINE_ENDS;
	}

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int limit = Scan.limit(window, CRLF_LENGTH);
		int lf = Scan.indexOf(array, (byte) '\n', window.scanned(), limit);
		int frameEnd = (lf >= 0) ? lf : limit;
		// Without an LF yet, a CR at the end may belong to one still to come
		if (frameEnd > start && array[frameEnd - 1] == '\r') {
			frameEnd--;
		}
		if (frameEnd - start > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a line that is too long", window);
		}
		if (lf < 0) {
			window.scanned(limit);
			return false;
		}
		window.frame(start, frameEnd, lf + 1);
		return true;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		int length = payload.length;
		int lf = Scan.indexOf(payload, (byte) '\n', 0, length);
		if (lf >= 0) {
			throw FrameFault.payloadRefused(this, "a payload with LF at index " + lf
					+ ", as it would arrive as two messages: remove the LF, or use framing length4", payload);
		}
		if (length > 0 && payload[length - 1] == '\r') {
			throw FrameFault.payloadRefused(this,
					"a payload that ends with CR, as the CR would be lost: " + "remove the CR, or use framing length4",
					payload);
		}
		output.write(payload);
		output.write('\n');
	}

	@Override
	public String toString() {
		return this.name;
	}

}

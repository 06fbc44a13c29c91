package dev.sockets.framing;

import java.util.List;

/**
 * Lines, of which those that have nothing but white space are skipped.
 */
final class NdjsonFraming implements SeekingFraming {

	private final Framing lines = new LineFraming("ndjson");

	@Override
	public List<byte[]> ends() {
		return LINE_ENDS;
	}

	@Override
	public boolean next(FrameWindow window) {
		while (window.start() < window.end() && this.lines.next(window)) {
			if (!isBlank(window.frameArray(), window.frameStart(), window.frameLength())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBlank(byte[] array, int start, int length) {
		int index = start;
		while (index < start + length && (array[index] == ' ' || array[index] == '\t' || array[index] == '\r')) {
			index++;
		}
		return index == start + length;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (isBlank(payload, 0, payload.length)) {
			throw FrameFault.payloadRefused(this,
					"a payload of nothing but white space, as it would not arrive: send a value", payload);
		}
		this.lines.encode(payload, output);
	}

	@Override
	public String toString() {
		return "ndjson";
	}

}

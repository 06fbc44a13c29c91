package dev.sockets.framing;

/**
 * Consistent overhead byte stuffing: a zero byte ends a frame, and each byte that says
 * how far it is to the next zero stands in the place of the one before.
 */
final class CobsFraming implements Framing {

	private static final int MOST = 0xFF;

	private static final int OVERHEAD = 254;

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int end = window.end();
		if (window.scanned() == start) {
			while (start < end && array[start] == 0) {
				start++;
			}
			window.skip(start);
		}
		int limit = (int) Math.min(end, start + longest(window.maxFrameSize()) + 1);
		int at = Scan.indexOf(array, (byte) 0, window.scanned(), limit);
		if (at >= 0) {
			mark(window, at);
			return true;
		}
		if (limit - start > longest(window.maxFrameSize())) {
			throw tooLarge(window);
		}
		window.scanned(limit);
		return false;
	}

	private static long longest(int maxFrameSize) {
		return maxFrameSize + maxFrameSize / OVERHEAD + 1L;
	}

	private void mark(FrameWindow window, int end) {
		byte[] array = window.array();
		byte[] payload = window.scratch(end - window.start());
		int length = 0;
		int at = window.start();
		while (at < end) {
			int code = array[at] & 0xFF;
			if (code > end - at) {
				window.reject(end + 1, "it says that it is longer than it is");
				return;
			}
			System.arraycopy(array, at + 1, payload, length, code - 1);
			length += code - 1;
			at += code;
			if (code < MOST && at < end) {
				payload[length++] = 0;
			}
		}
		if (length > window.maxFrameSize()) {
			throw tooLarge(window);
		}
		window.frame(payload, 0, length, end + 1);
	}

	private RuntimeException tooLarge(FrameWindow window) {
		return FrameFault.tooLarge(this, "a frame that is too long", window);
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		int at = output.size();
		output.write(0);
		int code = 1;
		for (int i = 0; i < payload.length; i++) {
			if (payload[i] != 0) {
				output.write(payload[i]);
				code++;
			}
			if (payload[i] == 0 || (code == MOST && i < payload.length - 1)) {
				output.array()[at] = (byte) code;
				at = output.size();
				output.write(0);
				code = 1;
			}
		}
		output.array()[at] = (byte) code;
		output.write(0);
	}

	@Override
	public long maxBytes(int maxFrameSize) {
		return longest(maxFrameSize) + 1024;
	}

	@Override
	public String toString() {
		return "cobs";
	}

}

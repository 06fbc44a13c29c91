package dev.sockets.framing;

/**
 * DLE STX starts a frame, DLE ETX ends it, and a DLE within it is doubled. What is
 * between two frames is skipped. Anything else behind a DLE is one bad frame.
 */
final class DleFraming implements Framing {

	private static final byte DLE = 0x10;

	private static final byte STX = 0x02;

	private static final byte ETX = 0x03;

	private static final int MARK = 2;

	@Override
	public boolean next(FrameWindow window) {
		if (window.scanned() == window.start() && !begins(window)) {
			return false;
		}
		byte[] array = window.array();
		int end = window.end();
		int frameStart = window.start() + MARK;
		int limit = (int) Math.min(end, frameStart + 2L * window.maxFrameSize() + 1);
		int at = indexOfDle(array, Math.max(frameStart, window.scanned()), limit);
		while (at < limit && at + 1 < end && array[at + 1] == DLE) {
			at = indexOfDle(array, at + MARK, limit);
		}
		if (at >= limit || at + 1 == end) {
			if (limit - frameStart > 2L * window.maxFrameSize()) {
				throw tooLarge(window);
			}
			window.scanned(Math.min(at, end));
			return false;
		}
		switch (array[at + 1]) {
			case ETX -> mark(window, frameStart, at);
			case STX -> window.rejectUnfinished(at);
			default -> window.reject(at + MARK, "it has a DLE (10) with neither DLE nor ETX behind it");
		}
		return true;
	}

	private static int indexOfDle(byte[] array, int from, int limit) {
		int at = Scan.indexOf(array, DLE, from, limit);
		return (at < 0) ? Math.max(from, limit) : at;
	}

	/**
	 * Goes to the start of the next frame.
	 */
	private static boolean begins(FrameWindow window) {
		byte[] array = window.array();
		int end = window.end();
		int at = Scan.indexOf(array, DLE, window.start(), end);
		while (at >= 0 && at + 1 < end && array[at + 1] != STX) {
			at = Scan.indexOf(array, DLE, at + 1, end);
		}
		window.skip((at < 0) ? end : at);
		return at >= 0 && at + 1 < end;
	}

	private void mark(FrameWindow window, int start, int end) {
		byte[] array = window.array();
		byte[] payload = array;
		int from = start;
		int to = end;
		if (Scan.indexOf(array, DLE, start, end) >= 0) {
			payload = window.scratch(end - start);
			from = 0;
			to = 0;
			for (int i = start; i < end; i++) {
				payload[to++] = array[i];
				if (array[i] == DLE) {
					i++;
				}
			}
		}
		if (to - from > window.maxFrameSize()) {
			throw tooLarge(window);
		}
		window.frame(payload, from, to, end + MARK);
	}

	private RuntimeException tooLarge(FrameWindow window) {
		return FrameFault.tooLarge(this, "a frame that is too long", window);
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		output.write(DLE);
		output.write(STX);
		for (byte value : payload) {
			output.write(value);
			if (value == DLE) {
				output.write(DLE);
			}
		}
		output.write(DLE);
		output.write(ETX);
	}

	@Override
	public long maxBytes(int maxFrameSize) {
		return 2L * maxFrameSize + 1024;
	}

	@Override
	public String toString() {
		return "dle";
	}

}

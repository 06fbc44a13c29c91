package dev.sockets.framing;

import java.util.Arrays;

/**
 * A JSON object or array ends where its first bracket is closed. Looks at each byte once:
 * the depth, and whether it is in a string, are remembered in the window. The depth is at
 * most the number of bytes, so it fits whatever is received.
 */
final class JsonStreamFraming implements Framing {

	private static final long IN_STRING = 1;

	private static final long ESCAPED = 2;

	private static final long ONE_DEEPER = 4;

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		long state = window.state();
		if (state == 0 && !begins(window)) {
			return false;
		}
		int limit = Scan.limit(window, 0);
		int index = window.scanned();
		while (index < limit) {
			state = step(state, array[index++]);
			if (state == 0) {
				window.frame(window.start(), index, index);
				return true;
			}
		}
		if (limit < window.end()) {
			throw FrameFault.tooLarge(this, "a JSON object or array that is too long", window);
		}
		window.scanned(index);
		window.state(state);
		return false;
	}

	/**
	 * Drops what some put between two values, so that it neither waits for a frame nor
	 * counts.
	 */
	private boolean begins(FrameWindow window) {
		int end = window.end();
		int start = skipBetween(window.array(), window.scanned(), end);
		window.skip(start);
		if (start == end || opens(window.array()[start])) {
			return start < end;
		}
		if (end - start < BYTE_ORDER_MARK.length
				&& Arrays.equals(window.array(), start, end, BYTE_ORDER_MARK, 0, end - start)) {
			return false;
		}
		throw FrameFault.malformed(this, "bytes that start no JSON object or array", window);
	}

	/**
	 * Skips white space, commas, zero bytes and the mark of UTF-8.
	 */
	private static int skipBetween(byte[] array, int from, int end) {
		int index = from;
		int before;
		do {
			before = index;
			index = skipWhiteSpace(array, index, end);
			if (index < end && (array[index] == ',' || array[index] == 0)) {
				index++;
			}
			else if (end - index >= BYTE_ORDER_MARK.length && Arrays.equals(array, index,
					index + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
				index += BYTE_ORDER_MARK.length;
			}
		}
		while (index > before);
		return index;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		int start = skipWhiteSpace(payload, 0, payload.length);
		FrameWindow window = new FrameWindow();
		window.reset(payload, start, payload.length, start, Integer.MAX_VALUE);
		if (start == payload.length || !opens(payload[start]) || !next(window)
				|| skipWhiteSpace(payload, window.start(), payload.length) < payload.length) {
			throw FrameFault.payloadRefused(this, "a payload that is not one JSON object or array: "
					+ "put other values into one, or use framing ndjson", payload);
		}
		output.write(payload);
	}

	private static int skipWhiteSpace(byte[] array, int from, int end) {
		int index = from;
		while (index < end
				&& (array[index] == ' ' || array[index] == '\n' || array[index] == '\r' || array[index] == '\t')) {
			index++;
		}
		return index;
	}

	private static boolean opens(byte value) {
		return value == '{' || value == '[';
	}

	private static long step(long state, byte value) {
		if ((state & ESCAPED) != 0) {
			return state & ~ESCAPED;
		}
		if ((state & IN_STRING) != 0) {
			return switch (value) {
				case '\\' -> state | ESCAPED;
				case '"' -> state & ~IN_STRING;
				default -> state;
			};
		}
		return switch (value) {
			case '"' -> state | IN_STRING;
			case '{', '[' -> state + ONE_DEEPER;
			case '}', ']' -> state - ONE_DEEPER;
			default -> state;
		};
	}

	@Override
	public long shortestPayload() {
		return "{}".length();
	}

	@Override
	public String toString() {
		return "stream";
	}

}

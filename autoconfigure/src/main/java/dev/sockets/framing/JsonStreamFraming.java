package dev.sockets.framing;

/**
 * A JSON object or array ends where its first bracket is closed. Looks at each byte once:
 * the depth, and whether it is in a string, are remembered in the window.
 */
final class JsonStreamFraming implements Framing {

	private static final long IN_STRING = 1;

	private static final long ESCAPED = 2;

	private static final long ONE_DEEPER = 4;

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int end = window.end();
		int index = window.scanned();
		long state = window.state();
		int start = skipWhiteSpace(array, window.start(), end);
		if (index <= start) {
			index = start;
			if (start < end && array[start] != '{' && array[start] != '[') {
				throw FrameFault.malformed(this, "bytes that start no JSON object or array", window);
			}
		}
		while (index < end) {
			state = step(state, array[index++]);
			if (index - start > window.maxFrameSize()) {
				throw FrameFault.tooLarge(this, "a JSON value that is too long", window);
			}
			if (state == 0) {
				window.frame(start, index, index);
				return true;
			}
		}
		window.scanned(index);
		window.state(state);
		if (start - window.start() > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "white space that is too long", window);
		}
		return false;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		FrameWindow window = new FrameWindow();
		window.reset(payload, 0, payload.length, 0, Integer.MAX_VALUE);
		if (payload.length == 0 || !next(window)
				|| skipWhiteSpace(payload, window.start(), window.end()) < window.end()) {
			throw FrameFault.payloadRefused(this, "a payload that is not one JSON object or array", payload);
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
	public String toString() {
		return "stream";
	}

}

package dev.sockets.framing;

import java.util.Arrays;
import java.util.HexFormat;

import dev.sockets.SocketOperationException;

/**
 * A pickle ends with its opcode {@code STOP}, which is found by walking over the opcodes
 * before it and what belongs to them. No opcode is looked at twice, but one whose length
 * has not arrived in whole: how many bytes or lines still belong to the last one is
 * remembered in the window.
 */
final class PickleStreamFraming implements Framing {

	private static final int STOP = '.';

	private static final byte UNKNOWN = -1;

	private static final byte LENGTH = 100;

	private static final byte LINE = 110;

	/**
	 * What belongs to an opcode: that many bytes; or from {@link #LENGTH} on, a length of
	 * that many bytes more, and as many bytes; or from {@link #LINE} on, a line or two.
	 */
	private static final byte[] ARGUMENTS = arguments();

	/** In the state: the lines to come, and above them the bytes. */
	private static final int LINES = 3;

	private static final int BYTES = 2;

	private static byte[] arguments() {
		byte[] arguments = new byte[256];
		Arrays.fill(arguments, UNKNOWN);
		fill(arguments, 0, "28292e3031324e51525d61626465" + "6c6f7374757d8185868788898f9091929394" + "9798");
		fill(arguments, 1, "4b68718082");
		fill(arguments, 2, "4d83");
		fill(arguments, 4, "4a6a7284");
		fill(arguments, 8, "4795");
		fill(arguments, LENGTH + 1, "43558a8c");
		fill(arguments, LENGTH + 4, "4254588b");
		fill(arguments, LENGTH + 8, "8d8e96");
		fill(arguments, LINE, "46494c5356677050");
		fill(arguments, LINE + 1, "6369");
		return arguments;
	}

	private static void fill(byte[] arguments, int argument, String opcodes) {
		for (byte opcode : HexFormat.of().parseHex(opcodes)) {
			arguments[opcode & 0xff] = (byte) argument;
		}
	}

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int limit = Scan.limit(window, 0);
		int index = window.scanned();
		long state = window.state();
		while (index < limit) {
			if ((state & LINES) != 0) {
				int end = Scan.indexOf(array, (byte) '\n', index, limit);
				index = (end < 0) ? limit : end + 1;
				state -= (end < 0) ? 0 : 1;
			}
			else if (state != 0) {
				int skipped = (int) Math.min(state >> BYTES, limit - index);
				index += skipped;
				state -= (long) skipped << BYTES;
			}
			else if (array[index] == STOP) {
				window.frame(window.start(), index + 1, index + 1);
				return true;
			}
			else {
				int header = headerSize(window, index);
				if (limit - index <= header) {
					break;
				}
				state = following(window, index, header);
				index += 1 + header;
			}
		}
		if (limit < window.end()) {
			throw FrameFault.tooLarge(this, "a pickle that is too long", window);
		}
		window.scanned(index);
		window.state(state);
		return false;
	}

	/**
	 * Returns how many bytes after an opcode say its length.
	 */
	private int headerSize(FrameWindow window, int index) {
		byte argument = ARGUMENTS[window.array()[index] & 0xff];
		if (argument == UNKNOWN) {
			throw FrameFault.malformed(this, "bytes that are no pickle", window);
		}
		return (argument >= LENGTH && argument < LINE) ? argument - LENGTH : 0;
	}

	/**
	 * Returns the state after an opcode and its length: what of it is still to come.
	 */
	private long following(FrameWindow window, int index, int header) {
		byte argument = ARGUMENTS[window.array()[index] & 0xff];
		if (header == 0) {
			return (argument >= LINE) ? 1 + argument - LINE : (long) argument << BYTES;
		}
		long length = 0;
		for (int i = header; i > 0; i--) {
			length = (length << Byte.SIZE) | (window.array()[index + i] & 0xff);
		}
		if (length < 0 || length >= window.maxFrameSize() - (index + 1 + header - window.start())) {
			throw FrameFault.tooLarge(this, "a pickle with a value of " + Long.toUnsignedString(length) + " bytes",
					window);
		}
		return length << BYTES;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (!isOne(payload)) {
			throw FrameFault.payloadRefused(this, "a payload that is not one pickle: use codec pickle, which makes one",
					payload);
		}
		output.write(payload);
	}

	private boolean isOne(byte[] payload) {
		FrameWindow window = new FrameWindow();
		window.reset(payload, 0, payload.length, 0, Integer.MAX_VALUE);
		try {
			return next(window) && window.start() == payload.length;
		}
		catch (SocketOperationException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "stream";
	}

}

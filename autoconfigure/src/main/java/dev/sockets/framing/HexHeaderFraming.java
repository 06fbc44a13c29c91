package dev.sockets.framing;

/**
 * Eight characters say in hexadecimal how long the frame is, as obj-over-tcp has it: in
 * capitals and after spaces on sending; on receipt in small letters, after zeros and
 * before spaces too.
 */
final class HexHeaderFraming implements Framing {

	private static final int HEADER_SIZE = 8;

	private static final int RADIX = 16;

	private static final String DIGITS = "0123456789ABCDEF";

	@Override
	public boolean next(FrameWindow window) {
		int frameStart = window.start() + HEADER_SIZE;
		if (window.end() < frameStart) {
			return false;
		}
		long length = length(window);
		if (length > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame of " + length + " bytes", window);
		}
		if (length > window.end() - frameStart) {
			return false;
		}
		int frameEnd = frameStart + (int) length;
		window.frame(frameStart, frameEnd, frameEnd);
		return true;
	}

	private long length(FrameWindow window) {
		byte[] array = window.array();
		int from = window.start();
		int to = from + HEADER_SIZE;
		while (from < to && array[from] == ' ') {
			from++;
		}
		while (to > from && array[to - 1] == ' ') {
			to--;
		}
		long length = 0;
		for (int i = from; i < to; i++) {
			int digit = (array[i] > 0) ? Character.digit(array[i], RADIX) : -1;
			if (digit < 0) {
				throw FrameFault.malformed(this, "a header that is no hexadecimal number", window);
			}
			length = length * RADIX + digit;
		}
		if (length == 0) {
			throw FrameFault.malformed(this, "a header without a length of at least 1", window);
		}
		return length;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (payload.length == 0) {
			throw FrameFault.payloadRefused(this,
					"an empty payload, as its peers cannot read a length of 0: send at least one byte", payload);
		}
		for (int i = HEADER_SIZE - 1; i >= 0; i--) {
			int rest = payload.length >>> (4 * i);
			output.write((rest > 0) ? DIGITS.charAt(rest % RADIX) : ' ');
		}
		output.write(payload);
	}

	@Override
	public String toString() {
		return "hex8";
	}

}

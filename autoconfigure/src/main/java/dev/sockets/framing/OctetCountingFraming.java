package dev.sockets.framing;

import java.util.List;

/**
 * Syslog over TCP, RFC 6587: a message follows its length in decimal digits and a space.
 * One that does not begin with a digit ends with LF, as older senders have it.
 */
final class OctetCountingFraming implements SeekingFraming {

	private static final int MAX_DIGITS = 10;

	private static final int DECIMAL = 10;

	private final Framing lines = new LineFraming("octet-counting");

	@Override
	public List<byte[]> ends() {
		return LINE_ENDS;
	}

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int end = window.end();
		while (start < end && (array[start] == '\n' || array[start] == '\r')) {
			start++;
		}
		if (start > window.start()) {
			window.skip(start);
		}
		if (start == end) {
			return false;
		}
		return isDigit(array[start]) ? nextCounted(window) : this.lines.next(window);
	}

	private boolean nextCounted(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int end = window.end();
		long length = 0;
		int at = start;
		while (at < end && isDigit(array[at]) && at - start < MAX_DIGITS) {
			length = length * DECIMAL + array[at] - '0';
			at++;
		}
		if (length > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a message of " + length + " bytes", window);
		}
		if (at == end) {
			return false;
		}
		if (array[at] != ' ' || array[start] == '0') {
			throw FrameFault.malformed(this, "bytes that are neither a length nor a message that ends with LF", window);
		}
		int frameStart = at + 1;
		if (length > end - frameStart) {
			return false;
		}
		window.frame(frameStart, frameStart + (int) length, frameStart + (int) length);
		return true;
	}

	private static boolean isDigit(byte value) {
		return value >= '0' && value <= '9';
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (payload.length == 0) {
			throw FrameFault.payloadRefused(this,
					"an empty payload, as no length begins with 0: send at least one byte", payload);
		}
		String length = String.valueOf(payload.length);
		for (int i = 0; i < length.length(); i++) {
			output.write(length.charAt(i));
		}
		output.write(' ');
		output.write(payload);
	}

	@Override
	public String toString() {
		return "octet-counting";
	}

}

package dev.sockets.framing;

import java.util.Arrays;

/**
 * A byte begins and ends frames, and is replaced within them. What is escaped wrongly is
 * one bad frame: the next flag tells where to go on.
 */
final class EscapedFraming implements Framing {

	private static final int VALUES = 256;

	private static final short NONE = -1;

	private final String name;

	private final byte flag;

	private final byte escape;

	/** What follows the escape in place of a byte. */
	private final short[] replacements = new short[VALUES];

	private final short[] originals = new short[VALUES];

	EscapedFraming(Escapes escapes) {
		this.name = escapes.name();
		this.flag = escapes.flag();
		this.escape = escapes.escape();
		Arrays.fill(this.replacements, NONE);
		Arrays.fill(this.originals, NONE);
		escapes.map().forEach((original, replacement) -> {
			this.replacements[original & 0xFF] = (short) (replacement & 0xFF);
			this.originals[replacement & 0xFF] = (short) (original & 0xFF);
		});
		if (escapes.equals(Escapes.HDLC)) {
			allowAny();
		}
	}

	/** Any byte may be escaped in HDLC, by its sixth bit turned over. */
	private void allowAny() {
		for (int value = 0; value < VALUES; value++) {
			if (value != (this.flag & 0xFF)) {
				this.originals[value] = (short) (value ^ 0x20);
			}
		}
	}

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int end = window.end();
		if (window.scanned() == start) {
			while (start < end && array[start] == this.flag) {
				start++;
			}
			window.skip(start);
		}
		int limit = (int) Math.min(end, start + 2L * window.maxFrameSize() + 1);
		int at = Scan.indexOf(array, this.flag, window.scanned(), limit);
		if (at >= 0) {
			mark(window, at);
			return true;
		}
		if (limit - start > 2L * window.maxFrameSize()) {
			throw tooLarge(window);
		}
		window.scanned(limit);
		return false;
	}

	private void mark(FrameWindow window, int end) {
		byte[] array = window.array();
		int start = window.start();
		int escaped = Scan.indexOf(array, this.escape, start, end);
		if (escaped >= 0) {
			unescape(window, escaped, end);
			return;
		}
		if (end - start > window.maxFrameSize()) {
			throw tooLarge(window);
		}
		window.frame(start, end, end + 1);
	}

	private void unescape(FrameWindow window, int first, int end) {
		byte[] array = window.array();
		int start = window.start();
		byte[] payload = window.scratch(end - start);
		int length = first - start;
		System.arraycopy(array, start, payload, 0, length);
		for (int i = first; i < end; i++) {
			byte value = array[i];
			if (value == this.escape) {
				i++;
				short original = (i < end) ? this.originals[array[i] & 0xFF] : NONE;
				if (original == NONE) {
					window.reject(end + 1, "it has an escape that stands for no byte");
					return;
				}
				value = (byte) original;
			}
			payload[length++] = value;
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
		if (payload.length == 0) {
			throw FrameFault.payloadRefused(this, "an empty payload, as it would not arrive: send at least one byte",
					payload);
		}
		output.write(this.flag);
		for (byte value : payload) {
			short replacement = this.replacements[value & 0xFF];
			if (replacement == NONE) {
				output.write(value);
			}
			else {
				output.write(this.escape);
				output.write(replacement);
			}
		}
		output.write(this.flag);
	}

	@Override
	public long maxBytes(int maxFrameSize) {
		return 2L * maxFrameSize + 1024;
	}

	@Override
	public String toString() {
		return this.name;
	}

}

package dev.sockets.framing;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.springframework.util.Assert;

/**
 * A sequence of bytes ends a frame. Looks for its last byte and compares the others
 * backwards, so that all bytes received can count as scanned.
 */
final class DelimiterFraming implements SeekingFraming {

	private final String name;

	private final byte[] delimiter;

	private final int last;

	DelimiterFraming(String name, byte[] delimiter) {
		Assert.isTrue(delimiter.length > 0, "A delimiter needs at least one byte");
		this.name = name;
		this.delimiter = delimiter;
		this.last = delimiter.length - 1;
	}

	@Override
	public List<byte[]> ends() {
		return List.of(this.delimiter);
	}

	@Override
	public boolean next(FrameWindow window) {
		byte[] array = window.array();
		int start = window.start();
		int limit = Scan.limit(window, this.delimiter.length);
		byte lastByte = this.delimiter[this.last];
		int at = Scan.indexOf(array, lastByte, window.scanned(), limit);
		while (at >= 0) {
			int frameEnd = at - this.last;
			if (frameEnd >= start && Arrays.equals(array, frameEnd, at, this.delimiter, 0, this.last)) {
				window.frame(start, frameEnd, at + 1);
				return true;
			}
			at = Scan.indexOf(array, lastByte, at + 1, limit);
		}
		int length = limit - start;
		if (length > window.maxFrameSize() && length - begun(array, start, limit) > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame that is too long, without its delimiter", window);
		}
		window.scanned(limit);
		return false;
	}

	/**
	 * Returns how many bytes at the end may turn out to be the start of the delimiter.
	 */
	private int begun(byte[] array, int start, int end) {
		for (int count = Math.min(this.last, end - start); count > 0; count--) {
			if (Arrays.equals(array, end - count, end, this.delimiter, 0, count)) {
				return count;
			}
		}
		return 0;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		byte first = this.delimiter[0];
		for (int at = Scan.indexOf(payload, first, 0, payload.length); at >= 0; at = Scan.indexOf(payload, first,
				at + 1, payload.length)) {
			if (endsAt(payload, at)) {
				throw FrameFault.payloadRefused(this, "a payload with the delimiter at index " + at
						+ ", as it would arrive as two messages: " + "remove the delimiter, or use framing length4",
						payload);
			}
		}
		output.write(payload);
		output.write(this.delimiter);
	}

	/**
	 * Returns whether a receiver would see the delimiter at that index, be it formed
	 * together with the delimiter that follows the payload.
	 */
	private boolean endsAt(byte[] payload, int index) {
		int inside = Math.min(this.delimiter.length, payload.length - index);
		return Arrays.equals(payload, index, index + inside, this.delimiter, 0, inside) && Arrays.equals(this.delimiter,
				0, this.delimiter.length - inside, this.delimiter, inside, this.delimiter.length);
	}

	@Override
	public String toString() {
		return this.name.equals("delimiter") ? "delimiter " + HexFormat.ofDelimiter(" ").formatHex(this.delimiter)
				: this.name;
	}

}

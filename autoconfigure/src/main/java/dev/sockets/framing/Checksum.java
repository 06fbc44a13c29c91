package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Computes, compares and writes the checksum of frames.
 */
final class Checksum {

	private static final int DECIMAL = 10;

	private static final int HEX = 16;

	private final ChecksumRule rule;

	private final int markSize;

	private final int size;

	private final boolean lowestFirst;

	private final byte[] separator;

	/**
	 * Makes a checksum by its rule.
	 * @param rule the rule
	 * @param markSize bytes of the mark at the start of the frame, which is not covered
	 * unless the rule says so
	 */
	Checksum(ChecksumRule rule, int markSize) {
		this.rule = rule;
		this.markSize = markSize;
		this.lowestFirst = rule.order() == ByteOrder.LITTLE_ENDIAN;
		this.separator = rule.separator().clone();
		int bytes = rule.kind().size();
		this.size = switch (rule.encoding()) {
			case RAW -> bytes;
			case HEX -> 2 * bytes;
			case DECIMAL ->
				(rule.kind() == ChecksumKind.MOD10) ? 1 : String.valueOf((1L << (bytes * Byte.SIZE)) - 1).length();
		};
	}

	/**
	 * Returns how many bytes it has on the wire.
	 */
	int size() {
		return this.size;
	}

	/**
	 * Returns how many bytes at the end of a frame are no payload.
	 */
	int added() {
		return (this.rule.place() != null) ? 0 : this.separator.length + this.size;
	}

	/**
	 * Returns whether a frame has the right checksum.
	 * @param array holds the frame
	 * @param start index of its first byte
	 * @param end index after its last byte
	 */
	boolean matches(byte[] array, int start, int end) {
		int place = place(end - start);
		int from = from(end - start);
		int to = to(end - start, place);
		if (place < this.separator.length || place + this.size > end - start || from < 0 || to < from
				|| to > end - start) {
			return false;
		}
		int separatorStart = start + place - this.separator.length;
		return Arrays.equals(array, separatorStart, start + place, this.separator, 0, this.separator.length)
				&& read(array, start + place) == this.rule.kind().compute(array, start + from, start + to);
	}

	String mismatch() {
		return "its checksum " + this.rule + " is wrong";
	}

	/**
	 * Appends the checksum of what was appended before.
	 * @param output holds the frame
	 * @param start where it starts
	 */
	void append(FrameOutput output, int start) {
		output.write(this.separator);
		output.room(this.size);
		fill(output.array(), start, output.size());
	}

	/**
	 * Returns a frame that has everything but its checksum.
	 */
	byte[] withRoom(byte[] payload) {
		byte[] frame = Arrays.copyOf(payload, payload.length + added());
		if (added() > 0) {
			System.arraycopy(this.separator, 0, frame, payload.length, this.separator.length);
		}
		return frame;
	}

	/**
	 * Writes the checksum where it belongs.
	 * @return whether there is a place for it
	 */
	boolean fill(byte[] array, int start, int end) {
		int place = place(end - start);
		int from = from(end - start);
		int to = to(end - start, place);
		if (place < 0 || place + this.size > end - start || from < 0 || to < from || to > end - start) {
			return false;
		}
		write(this.rule.kind().compute(array, start + from, start + to), array, start + place);
		return true;
	}

	private int place(int length) {
		Integer place = this.rule.place();
		return (place != null) ? index(place, length) : length - this.size;
	}

	private int from(int length) {
		Integer from = this.rule.from();
		return (from != null) ? index(from, length) : this.markSize;
	}

	private int to(int length, int place) {
		Integer to = this.rule.to();
		if (to != null) {
			return index(to, length);
		}
		return (this.rule.place() != null && place + this.size < length) ? length : place - this.separator.length;
	}

	private static int index(int index, int length) {
		return (index < 0) ? length + index : index;
	}

	private long read(byte[] array, int at) {
		int digits = (this.rule.encoding() == ChecksumEncoding.DECIMAL) ? DECIMAL : HEX;
		long value = 0;
		if (this.rule.encoding() == ChecksumEncoding.RAW) {
			for (int i = 0; i < this.size; i++) {
				value = (value << Byte.SIZE) | (array[at + i] & 0xFF);
			}
		}
		else {
			for (int i = at; i < at + this.size; i++) {
				int digit = (array[i] > 0) ? Character.digit(array[i], digits) : -1;
				if (digit < 0) {
					return -1;
				}
				value = value * digits + digit;
			}
		}
		return ordered(value);
	}

	private void write(long value, byte[] array, int at) {
		long rest = ordered(value);
		for (int i = at + this.size - 1; i >= at; i--) {
			switch (this.rule.encoding()) {
				case RAW -> {
					array[i] = (byte) rest;
					rest >>>= Byte.SIZE;
				}
				case HEX -> {
					array[i] = (byte) Character.toUpperCase(Character.forDigit((int) (rest % HEX), HEX));
					rest /= HEX;
				}
				case DECIMAL -> {
					array[i] = (byte) ('0' + rest % DECIMAL);
					rest /= DECIMAL;
				}
			}
		}
	}

	private long ordered(long value) {
		return this.lowestFirst ? Long.reverseBytes(value) >>> (Long.SIZE - this.rule.kind().size() * Byte.SIZE)
				: value;
	}

	@Override
	public String toString() {
		return this.rule.toString();
	}

}

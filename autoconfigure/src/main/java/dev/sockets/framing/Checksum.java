package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Computes, compares and writes the checksum of frames.
 */
final class Checksum {

	private static final int DECIMAL = 10;

	private static final int HEX = 16;

	private final ChecksumRule rule;

	private final ChecksumCover cover;

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
		this.cover = new ChecksumCover(rule, markSize);
		this.lowestFirst = rule.order() == ByteOrder.LITTLE_ENDIAN;
		this.separator = rule.separator().clone();
		this.size = size(rule);
	}

	/**
	 * Returns how many bytes a checksum has on the wire.
	 */
	static int size(ChecksumRule rule) {
		int bytes = rule.kind().size();
		return switch (rule.encoding()) {
			case RAW -> bytes;
			case HEX -> 2 * bytes;
			case DECIMAL -> (rule.kind() == ChecksumKind.MOD10) ? 1 : String.valueOf(highest(rule.kind())).length();
		};
	}

	/**
	 * Returns the highest number that its bytes can be.
	 */
	private static long highest(ChecksumKind kind) {
		return (1L << (kind.size() * Byte.SIZE)) - 1;
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
	 * Returns how many bytes the shortest frame has that can have it.
	 * @param least bytes that any frame has
	 */
	long shortest(long least) {
		return this.cover.shortest(least);
	}

	/**
	 * Returns whether a frame has the right checksum.
	 * @param array holds the frame
	 * @param start index of its first byte
	 * @param end index after its last byte
	 */
	boolean matches(byte[] array, int start, int end) {
		int length = end - start;
		int place = (int) this.cover.place(length);
		int from = (int) this.cover.from(length);
		int to = (int) this.cover.to(length, place);
		return this.cover.fits(length, place, from, to) && isSeparated(array, start + place)
				&& read(array, start + place) == this.rule.kind().compute(array, start + from, start + to);
	}

	private boolean isSeparated(byte[] array, int at) {
		return Arrays.equals(array, at - this.separator.length, at, this.separator, 0, this.separator.length);
	}

	/**
	 * Returns what is wrong with the checksum of a frame.
	 */
	String mismatch(byte[] array, int start, int end) {
		int length = end - start;
		int place = (int) this.cover.place(length);
		long from = this.cover.from(length);
		if (!this.cover.fits(length, place, from, this.cover.to(length, place))) {
			return "it is too short to have its checksum " + this.rule;
		}
		if (!isSeparated(array, start + place)) {
			return "it has no " + HexFormat.ofDelimiter(" ").formatHex(this.separator) + " before its checksum "
					+ this.rule;
		}
		if (read(array, start + place) < 0) {
			return "its checksum " + this.rule + " is not written in "
					+ ((this.rule.encoding() == ChecksumEncoding.HEX) ? "hexadecimal" : "decimal") + " digits";
		}
		return "its checksum " + this.rule + " is wrong";
	}

	/**
	 * Checks that frames can have it.
	 */
	void require() {
		this.cover.require(null);
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
		int length = end - start;
		int place = (int) this.cover.place(length);
		int from = (int) this.cover.from(length);
		int to = (int) this.cover.to(length, place);
		if (!this.cover.fits(length, place, from, to)) {
			return false;
		}
		write(this.rule.kind().compute(array, start + from, start + to), array, start + place);
		return true;
	}

	/**
	 * Returns the number that is written; -1 when it is not in digits. Decimal digits may
	 * be a higher one than any checksum.
	 */
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
		return (value > highest(this.rule.kind())) ? value : ordered(value);
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

package dev.sockets.framing;

import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.util.Assert;

/**
 * Where and how a frame says its length.
 *
 * @param size bytes of the length itself
 * @param format how it is written
 * @param order order of the bytes of a binary length
 * @param offset bytes of the frame before it
 * @param adjustment bytes of the frame that it does not count, or counts too much when
 * negative
 * @param included whether it counts itself and what is before it
 * @param stripped whether payloads begin behind it, rather than with the frame; not
 * possible with an offset
 * @param least the least number that it may say; a frame with less is malformed
 * @param most the highest number that it may say; a frame with more is malformed
 * @param fixed bytes that each frame has before its length, by where they are; a frame
 * with others is malformed
 */
public record LengthHeader(int size, HeaderFormat format, ByteOrder order, int offset, int adjustment, boolean included,
		boolean stripped, int least, long most, Map<Integer, Byte> fixed) {

	private static final int MAX_OFFSET = 512;

	/**
	 * Checks the values.
	 */
	public LengthHeader {
		Assert.isTrue(format.highest(size) > 0, () -> "A length header has " + format.sizes() + " bytes, not " + size);
		Assert.isTrue(offset >= 0 && offset <= MAX_OFFSET,
				() -> "A length has from 0 to " + MAX_OFFSET + " bytes before it, not " + offset);
		Assert.isTrue(offset == 0 || !stripped, "What is before the length would be lost: don't strip it");
		Assert.isTrue(!included || adjustment > -offset - size, "The length would never be positive");
		Assert.isTrue(least >= 0 && least <= most,
				() -> "The least length is from 0 to the most that the header may say, not " + least);
		Assert.isTrue(most <= format.highest(size), () -> "A header of that size can say no length of " + most);
		fixed = Collections.unmodifiableSortedMap(new TreeMap<>(fixed));
		Assert.isTrue(fixed.keySet().stream().allMatch((at) -> at >= 0 && at < offset),
				() -> "Only bytes before the length can be fixed, which are " + offset);
	}

	/**
	 * Creates a header that may say any number.
	 * @param size bytes of the length itself
	 * @param format how it is written
	 * @param order order of the bytes of a binary length
	 * @param offset bytes of the frame before it
	 * @param adjustment bytes of the frame that it does not count, or counts too much
	 * when negative
	 * @param included whether it counts itself and what is before it
	 * @param stripped whether payloads begin behind it, rather than with the frame
	 */
	public LengthHeader(int size, HeaderFormat format, ByteOrder order, int offset, int adjustment, boolean included,
			boolean stripped) {
		this(size, format, order, offset, adjustment, included, stripped, 0, format.highest(size), Map.of());
	}

	/**
	 * Returns a header that is nothing but a big-endian number, which does not count
	 * itself.
	 * @param size bytes of the number: 1, 2, 3, 4 or 8
	 * @return the header, not a part of payloads
	 */
	public static LengthHeader binary(int size) {
		return new LengthHeader(size, HeaderFormat.BINARY, ByteOrder.BIG_ENDIAN, 0, 0, false, true);
	}

	/**
	 * Returns how long a payload can be at most for its length to fit.
	 * @return the length in bytes
	 */
	public long longestPayload() {
		return this.format.highest(this.size) - ofNothing() + kept();
	}

	/**
	 * Returns how many bytes of the header are a part of payloads.
	 */
	int kept() {
		return this.stripped ? 0 : end();
	}

	/**
	 * Returns a header that may not say less than a number, as the shortest message of a
	 * protocol has so many bytes.
	 * @param least the least number that it may say
	 * @return the header, otherwise the same
	 */
	public LengthHeader atLeast(int least) {
		return new LengthHeader(this.size, this.format, this.order, this.offset, this.adjustment, this.included,
				this.stripped, least, this.most, this.fixed);
	}

	/**
	 * Returns a header that may not say more than a number, as the longest message of a
	 * protocol has so many bytes.
	 * @param most the highest number that it may say
	 * @return the header, otherwise the same
	 */
	public LengthHeader atMost(long most) {
		return new LengthHeader(this.size, this.format, this.order, this.offset, this.adjustment, this.included,
				this.stripped, this.least, most, this.fixed);
	}

	/**
	 * Returns a header that has certain bytes before its length, as each message of a
	 * protocol has them.
	 * @param at where in the frame the first of them is
	 * @param bytes what they are
	 * @return the header, otherwise the same
	 */
	public LengthHeader with(int at, byte... bytes) {
		Map<Integer, Byte> all = new TreeMap<>(this.fixed);
		for (int i = 0; i < bytes.length; i++) {
			Byte other = all.put(at + i, bytes[i]);
			Assert.isTrue(other == null || other == bytes[i], "A byte of the header cannot have two values");
		}
		return new LengthHeader(this.size, this.format, this.order, this.offset, this.adjustment, this.included,
				this.stripped, this.least, this.most, all);
	}

	/**
	 * Returns whether there is a most that is less than the header could say.
	 */
	boolean isBounded() {
		return this.most < this.format.highest(this.size);
	}

	/**
	 * Returns the bytes that each frame has before its length, in words.
	 */
	String fixedBytes() {
		StringBuilder text = new StringBuilder();
		int start = 0;
		for (Map.Entry<Integer, Byte> fixed : this.fixed.entrySet()) {
			int at = fixed.getKey();
			boolean begins = !this.fixed.containsKey(at - 1);
			start = begins ? at : start;
			text.append(text.isEmpty() ? "" : begins ? ", " : " ").append(HexFormat.of().toHexDigits(fixed.getValue()));
			text.append(this.fixed.containsKey(at + 1) ? "" : " at " + start);
		}
		return text.toString();
	}

	/**
	 * Returns where the header ends.
	 */
	int end() {
		return this.offset + this.size;
	}

	/**
	 * Returns the length that a frame has which ends with its header.
	 */
	long ofNothing() {
		return (this.included ? end() : 0L) - this.adjustment;
	}

	@Override
	public String toString() {
		return "length" + this.size + ((this.format != HeaderFormat.BINARY) ? " " + this.format : "")
				+ ((this.order == ByteOrder.BIG_ENDIAN) ? "" : " little-endian")
				+ ((this.offset > 0) ? " offset " + this.offset : "")
				+ ((this.adjustment != 0) ? " adjustment " + this.adjustment : "")
				+ (this.included ? " header-included" : "") + ((this.least > 0) ? " at least " + this.least : "")
				+ (isBounded() ? " at most " + this.most : "") + (this.fixed.isEmpty() ? "" : " with " + fixedBytes())
				+ (this.stripped ? "" : " kept");
	}

}

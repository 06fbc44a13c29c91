package dev.sockets.framing;

import java.nio.ByteOrder;

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
 */
public record LengthHeader(int size, HeaderFormat format, ByteOrder order, int offset, int adjustment, boolean included,
		boolean stripped, int least) {

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
		Assert.isTrue(least >= 0 && least <= format.highest(size),
				() -> "The least length is from 0 to what the header can say, not " + least);
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
		this(size, format, order, offset, adjustment, included, stripped, 0);
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
				this.stripped, least);
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
				+ (this.stripped ? "" : " kept");
	}

}

package dev.sockets.framing;

import java.nio.ByteOrder;

/**
 * A header says how long the frame is. Its value is checked as soon as it is complete.
 */
final class LengthPrefixedFraming implements Framing {

	private final int headerSize;

	private final boolean bigEndian;

	private final int counted;

	private final long highest;

	LengthPrefixedFraming(int headerSize, ByteOrder order, boolean headerIncluded) {
		this.highest = highest(headerSize);
		this.headerSize = headerSize;
		this.bigEndian = order == ByteOrder.BIG_ENDIAN;
		this.counted = headerIncluded ? headerSize : 0;
	}

	private static long highest(int headerSize) {
		return switch (headerSize) {
			case 1, 2, 3 -> (1L << (headerSize * Byte.SIZE)) - 1;
			case 4 -> Integer.MAX_VALUE;
			case 8 -> Long.MAX_VALUE;
			default ->
				throw new IllegalArgumentException("A length header has 1, 2, 3, 4 or 8 bytes, not " + headerSize);
		};
	}

	@Override
	public boolean next(FrameWindow window) {
		int start = window.start();
		int available = window.end() - start - this.headerSize;
		if (available < 0) {
			return false;
		}
		long value = header(window.array(), start);
		if (value < this.counted) {
			throw FrameFault.malformed(this, "the length " + value + ", which is less than " + this.counted, window);
		}
		long length = value - this.counted;
		if (length > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame of " + length + " bytes", window);
		}
		if (length > available) {
			return false;
		}
		int frameStart = start + this.headerSize;
		int frameEnd = frameStart + (int) length;
		window.frame(frameStart, frameEnd, frameEnd);
		return true;
	}

	private long header(byte[] array, int start) {
		long value = 0;
		for (int i = 0; i < this.headerSize; i++) {
			value = (value << Byte.SIZE) | (array[start + position(i)] & 0xFF);
		}
		return (this.headerSize == Integer.BYTES) ? (int) value : value;
	}

	/**
	 * Returns where in the header its byte of that significance is, the highest being 0.
	 */
	private int position(int significance) {
		return this.bigEndian ? significance : this.headerSize - 1 - significance;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		long value = (long) payload.length + this.counted;
		if (value > this.highest) {
			throw FrameFault.payloadTooLong(this,
					"a payload longer than its header can say, which is " + (this.highest - this.counted) + " bytes",
					payload);
		}
		for (int i = 0; i < this.headerSize; i++) {
			output.write((int) (value >>> ((this.headerSize - 1 - position(i)) * Byte.SIZE)));
		}
		output.write(payload);
	}

	@Override
	public String toString() {
		return "length" + this.headerSize + (this.bigEndian ? "" : " little-endian")
				+ ((this.counted > 0) ? " header-included" : "");
	}

}

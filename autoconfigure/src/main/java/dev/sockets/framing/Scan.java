package dev.sockets.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes.
 */
final class Scan {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long LOW_BITS = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private Scan() {
	}

	/**
	 * Returns the index of the first byte of that value. Looks at eight bytes at a time.
	 * @param array where to look
	 * @param value what to look for
	 * @param from first index to look at
	 * @param to index to stop at
	 * @return the index, or -1 when there is none
	 */
	static int indexOf(byte[] array, byte value, int from, int to) {
		long everywhere = (value & 0xffL) * LOW_BITS;
		int i = from;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long zeros = zeros((long) WORDS.get(array, i) ^ everywhere);
			if (zeros != 0) {
				return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
			}
		}
		for (; i < to; i++) {
			if (array[i] == value) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns the index of the first byte of either value. Looks at eight bytes at a
	 * time, first for those that agree with both values in the bits that these have in
	 * common: so most words cost no more than with one value.
	 * @param array where to look
	 * @param value what to look for
	 * @param other what to look for, too
	 * @param from first index to look at
	 * @param to index to stop at
	 * @return the index, or -1 when there is none
	 */
	static int indexOf(byte[] array, byte value, byte other, int from, int to) {
		long everywhere = (value & 0xffL) * LOW_BITS;
		long others = (other & 0xffL) * LOW_BITS;
		long common = ~(everywhere ^ others);
		long expected = everywhere & common;
		int i = from;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long word = (long) WORDS.get(array, i);
			if (zeros((word & common) ^ expected) != 0) {
				long zeros = zeros(word ^ everywhere) | zeros(word ^ others);
				if (zeros != 0) {
					return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
				}
			}
		}
		for (; i < to; i++) {
			if (array[i] == value || array[i] == other) {
				return i;
			}
		}
		return -1;
	}

	/** Of the bytes that are zero, sets the highest bit at least of the first one. */
	private static long zeros(long word) {
		return (word - LOW_BITS) & ~word & HIGH_BITS;
	}

	/**
	 * Returns up to where a framing has to look: beyond it the frame is too large
	 * whatever the bytes are.
	 * @param window where to look
	 * @param overhead the most bytes that belong to a frame and not to its payload
	 * @return index to stop at
	 */
	static int limit(FrameWindow window, int overhead) {
		return (int) Math.min(window.end(), (long) window.start() + window.maxFrameSize() + overhead);
	}

}

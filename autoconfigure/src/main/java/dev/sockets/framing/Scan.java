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
	 * Returns the index of the first byte of that value. Looks at eight bytes at a time:
	 * of a word's bytes that are zero, the highest bit of the first is set in
	 * {@code zeros}.
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
			long differences = (long) WORDS.get(array, i) ^ everywhere;
			long zeros = (differences - LOW_BITS) & ~differences & HIGH_BITS;
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

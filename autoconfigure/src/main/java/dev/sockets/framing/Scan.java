package dev.sockets.framing;

/**
 * Searches bytes.
 */
final class Scan {

	private Scan() {
	}

	/**
	 * Returns the index of the first byte of that value.
	 * @param array where to look
	 * @param value what to look for
	 * @param from first index to look at
	 * @param to index to stop at
	 * @return the index, or -1 when there is none
	 */
	static int indexOf(byte[] array, byte value, int from, int to) {
		for (int i = from; i < to; i++) {
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

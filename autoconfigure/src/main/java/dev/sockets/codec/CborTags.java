package dev.sockets.codec;

/**
 * Refuses CBOR that has very many tags before one value: what Jackson does for them grows
 * with the square of their number.
 */
final class CborTags {

	private static final int MOST = 64;

	/** What is no longer than that costs little in any case. */
	private static final int HARMLESS_BYTES = 1024;

	private static final int BYTES = 2;

	private static final int TEXT = 3;

	private static final int TAG = 6;

	private static final int INDEFINITE = 31;

	private CborTags() {
	}

	/**
	 * Looks at the head of each item. Stops where there is something malformed, which is
	 * left to the parser.
	 * @param bytes holds the items
	 * @param offset index of the first byte
	 * @param length how many bytes
	 * @throws IllegalArgumentException when there are too many tags
	 */
	static void check(byte[] bytes, int offset, int length) {
		if (length <= HARMLESS_BYTES) {
			return;
		}
		int end = offset + length;
		int tags = 0;
		int next = offset;
		while (next < end) {
			int type = (bytes[next] & 0xff) >> 5;
			int info = bytes[next] & 0x1f;
			next++;
			long argument = info;
			if (info >= 24 && info < 28) {
				int size = 1 << (info - 24);
				argument = 0;
				for (int i = 0; i < size && next < end; i++) {
					argument = argument << 8 | bytes[next++] & 0xff;
				}
			}
			tags = (type == TAG) ? tags + 1 : 0;
			if (tags > MOST) {
				throw new IllegalArgumentException("A value has more than " + MOST + " tags");
			}
			if ((type == BYTES || type == TEXT) && info != INDEFINITE) {
				if (argument < 0 || argument > end - next) {
					return;
				}
				next += (int) argument;
			}
		}
	}

}

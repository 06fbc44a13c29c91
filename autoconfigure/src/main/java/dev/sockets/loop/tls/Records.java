package dev.sockets.loop.tls;

import javax.net.ssl.SSLException;

/**
 * Where records begin and end.
 */
final class Records {

	private static final int HEADER = 5;

	private static final int FIRST_TYPE = 20;

	private static final int LAST_TYPE = 24;

	private Records() {
	}

	/**
	 * Returns whether a record can begin with a byte.
	 * @param first the byte
	 * @return whether what it begins may be TLS
	 */
	static boolean isBegun(byte first) {
		return first >= FIRST_TYPE && first <= LAST_TYPE;
	}

	/**
	 * Returns whether there is a complete record, or something that is none, which need
	 * not be waited for.
	 * @param bytes holds it, from index 0
	 * @param length how many bytes there are, at least one
	 * @return {@code false} when there has to be more of it
	 */
	static boolean isComplete(byte[] bytes, int length) {
		if (!isBegun(bytes[0])) {
			return true;
		}
		if (length < HEADER) {
			return false;
		}
		int content = Byte.toUnsignedInt(bytes[3]) << 8 | Byte.toUnsignedInt(bytes[4]);
		return HEADER + content > TlsBuffers.LARGEST_RECORD || length >= HEADER + content;
	}

	static SSLException malformed() {
		return new SSLException("The peer has sent a malformed record");
	}

}

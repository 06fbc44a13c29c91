package dev.sockets.runtime.trace;

/**
 * Bytes that have gone over a connection at once.
 *
 * @param micros when, in microseconds since 1970
 * @param stream the connection
 * @param received whether the peer has sent them
 * @param position how many bytes were before them in their direction
 * @param answered how many were before them in the other one
 * @param bytes the bytes
 */
record TracedSegment(long micros, TracedStream stream, boolean received, long position, long answered, byte[] bytes) {

	/** Memory that one takes beside its bytes, more or less, with what it refers to. */
	private static final int OVERHEAD = 256;

	int size() {
		return OVERHEAD + this.bytes.length;
	}

}

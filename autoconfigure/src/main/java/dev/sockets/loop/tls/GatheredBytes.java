package dev.sockets.loop.tls;

import java.nio.ByteBuffer;

/**
 * Several buffers that are sent in their order, as if they were one.
 */
final class GatheredBytes {

	private GatheredBytes() {
	}

	/**
	 * Finds the first buffer that is not done.
	 * @param bytes the buffers
	 * @param from index of the first one to look at
	 * @return its index; the number of buffers when there is none
	 */
	static int first(ByteBuffer[] bytes, int from) {
		int first = from;
		while (first < bytes.length && !bytes[first].hasRemaining()) {
			first++;
		}
		return first;
	}

	static long remaining(ByteBuffer[] bytes) {
		long count = 0;
		for (ByteBuffer each : bytes) {
			count += each.remaining();
		}
		return count;
	}

	static int[] positions(ByteBuffer[] bytes) {
		int[] positions = new int[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			positions[i] = bytes[i].position();
		}
		return positions;
	}

	/**
	 * Makes the last byte that was taken one that is not.
	 * @param bytes the buffers, of which at least one byte was taken
	 * @param starts where they had begun
	 */
	static void takeBackOne(ByteBuffer[] bytes, int[] starts) {
		int last = bytes.length - 1;
		while (bytes[last].position() == starts[last]) {
			last--;
		}
		bytes[last].position(bytes[last].position() - 1);
	}

}

package dev.sockets.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * The messages of a load, as the bytes of as many of them as are ever sent at once.
 */
final class Messages {

	private final ByteBuffer bytes;

	Messages(int most) {
		this.bytes = ByteBuffer.allocateDirect(most * Shape.MESSAGE_BYTES);
		while (this.bytes.hasRemaining()) {
			boolean last = this.bytes.position() % Shape.MESSAGE_BYTES == Shape.MESSAGE_BYTES - 1;
			this.bytes.put((byte) (last ? '\n' : 'x'));
		}
	}

	/**
	 * Returns some messages.
	 * @param count how many
	 * @return their bytes; valid until the next call
	 */
	ByteBuffer take(int count) {
		return this.bytes.clear().limit(count * Shape.MESSAGE_BYTES);
	}

}

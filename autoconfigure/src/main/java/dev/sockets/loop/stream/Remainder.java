package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a frame whose rest has not been received. Belongs to the reading
 * thread, but {@link #isPresent()} and {@link #since()} are open to all.
 */
final class Remainder {

	private byte @Nullable [] bytes;

	private int length;

	/** Since when the bytes wait for the rest of their frame. */
	private volatile long since;

	private volatile boolean present;

	boolean isPresent() {
		return this.present;
	}

	/**
	 * Returns since when there is one.
	 * @return the time, as {@link StreamChannel#nanos()}
	 */
	long since() {
		return this.since;
	}

	/**
	 * Returns the bytes.
	 * @return holds them from index 0; {@code null} when there are none
	 */
	byte @Nullable [] bytes() {
		return this.bytes;
	}

	int length() {
		return this.length;
	}

	/**
	 * Puts bytes behind those that are there; they count when they are {@linkplain #keep
	 * kept}.
	 * @param bytes those that are there
	 * @param input the bytes
	 * @return holds all of them
	 */
	byte[] append(byte[] bytes, ByteBuffer input) {
		int count = input.remaining();
		byte[] all = (count > bytes.length - this.length)
				? Arrays.copyOf(bytes, Math.max(this.length + count, bytes.length * 2)) : bytes;
		input.get(all, this.length, count);
		this.bytes = all;
		return all;
	}

	/**
	 * Keeps what was not consumed. A channel keeps no memory between two messages, and
	 * little within one.
	 * @param bytes holds it
	 * @param from index of its first byte
	 * @param end index after its last byte
	 * @param now the time, as {@link StreamChannel#nanos()}
	 */
	void keep(byte[] bytes, int from, int end, long now) {
		int length = end - from;
		if (length > 0 && (from > 0 || !this.present)) {
			this.since = now;
		}
		if (this.present != length > 0) {
			this.present = length > 0;
		}
		if (length == 0) {
			this.bytes = null;
		}
		else if (bytes == this.bytes && length > bytes.length / 4) {
			if (from > 0) {
				System.arraycopy(bytes, from, bytes, 0, length);
			}
		}
		else {
			this.bytes = Arrays.copyOfRange(bytes, from, end);
		}
		this.length = length;
	}

	void drop() {
		this.bytes = null;
	}

}

package dev.sockets.framing;

import java.util.Arrays;

/**
 * Collects the bytes of a frame that is sent. Not thread-safe.
 */
public final class FrameOutput {

	private byte[] array;

	private int size;

	/**
	 * Creates an output that grows as needed.
	 * @param capacity bytes to have room for at first
	 */
	public FrameOutput(int capacity) {
		this.array = new byte[capacity];
	}

	/**
	 * Appends one byte.
	 * @param value the byte, in the low eight bits
	 */
	public void write(int value) {
		ensure(1);
		this.array[this.size++] = (byte) value;
	}

	/**
	 * Appends all bytes of an array.
	 * @param bytes the bytes
	 */
	public void write(byte[] bytes) {
		ensure(bytes.length);
		System.arraycopy(bytes, 0, this.array, this.size, bytes.length);
		this.size += bytes.length;
	}

	/**
	 * Appends bytes that are to be filled in later.
	 */
	void room(int count) {
		ensure(count);
		this.size += count;
	}

	/**
	 * Returns the array that holds the bytes, from index 0 to {@link #size()}.
	 * @return the array itself, not a copy
	 */
	public byte[] array() {
		return this.array;
	}

	/**
	 * Returns how many bytes were appended.
	 * @return the number of bytes
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Forgets all bytes and keeps the room for them.
	 */
	public void reset() {
		this.size = 0;
	}

	private void ensure(int more) {
		if (more > this.array.length - this.size) {
			this.array = Arrays.copyOf(this.array, Math.max(this.size + more, this.array.length * 2));
		}
	}

}

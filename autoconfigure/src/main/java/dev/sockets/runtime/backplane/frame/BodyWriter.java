package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes what frames consist of, big-endian, to an array that grows. Not for several
 * threads.
 */
public final class BodyWriter {

	/** Longest text, in bytes of UTF-8. */
	static final int MOST_TEXT = 0xFFFF;

	private byte[] array;

	private int size;

	/**
	 * Creates an instance.
	 * @param capacity bytes that fit in without growing
	 */
	public BodyWriter(int capacity) {
		this.array = new byte[capacity];
	}

	/** Returns how many bytes were written. */
	public int size() {
		return this.size;
	}

	byte[] array() {
		return this.array;
	}

	/** Returns a copy of what was written. */
	public byte[] toByteArray() {
		return Arrays.copyOf(this.array, this.size);
	}

	private int grow(int bytes) {
		int at = this.size;
		int needed = Math.addExact(at, bytes);
		if (needed > this.array.length) {
			this.array = Arrays.copyOf(this.array, Math.max(needed, (int) Math.min(2L * at, Integer.MAX_VALUE - 8)));
		}
		this.size = needed;
		return at;
	}

	BodyWriter putByte(int value) {
		int at = grow(1);
		this.array[at] = (byte) value;
		return this;
	}

	BodyWriter putFlag(boolean value) {
		return putByte(value ? 1 : 0);
	}

	BodyWriter putShort(int value) {
		int at = grow(2);
		this.array[at] = (byte) (value >> 8);
		this.array[at + 1] = (byte) value;
		return this;
	}

	BodyWriter putInt(int value) {
		int at = grow(4);
		setInt(at, value);
		return this;
	}

	void setByte(int at, int value) {
		this.array[at] = (byte) value;
	}

	void setInt(int at, int value) {
		for (int i = 0; i < 4; i++) {
			this.array[at + i] = (byte) (value >> (24 - 8 * i));
		}
	}

	BodyWriter putLong(long value) {
		int at = grow(8);
		for (int i = 0; i < 8; i++) {
			this.array[at + i] = (byte) (value >> (56 - 8 * i));
		}
		return this;
	}

	BodyWriter putText(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length > MOST_TEXT) {
			throw new IllegalArgumentException(
					"A text of " + bytes.length + " bytes is longer than the " + MOST_TEXT + " that go to other nodes");
		}
		putShort(bytes.length);
		return putBytes(bytes, 0, bytes.length);
	}

	<T> BodyWriter putAll(Collection<T> values, BiConsumer<BodyWriter, T> how) {
		putInt(values.size());
		values.forEach((value) -> how.accept(this, value));
		return this;
	}

	BodyWriter putBytes(byte[] bytes, int offset, int length) {
		int at = grow(length);
		System.arraycopy(bytes, offset, this.array, at, length);
		return this;
	}

	BodyWriter putBytes(ByteBuffer bytes) {
		int length = bytes.remaining();
		int at = grow(length);
		bytes.duplicate().get(this.array, at, length);
		return this;
	}

}

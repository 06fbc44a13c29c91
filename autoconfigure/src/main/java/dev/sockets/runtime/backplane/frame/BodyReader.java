package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what {@link BodyWriter} has written. What goes beyond the end throws
 * {@link MalformedFrameException}; nothing else is thrown, and no more memory taken than
 * there are bytes.
 */
public final class BodyReader {

	private final byte[] array;

	private int position;

	private final int end;

	/**
	 * Creates a reader of a part of an array.
	 * @param array the array
	 * @param offset index of the first byte
	 * @param length number of bytes
	 */
	public BodyReader(byte[] array, int offset, int length) {
		this.array = array;
		this.position = offset;
		this.end = offset + length;
	}

	private int take(int bytes) {
		if (bytes < 0 || bytes > this.end - this.position) {
			throw new MalformedFrameException("a body ends early");
		}
		int at = this.position;
		this.position += bytes;
		return at;
	}

	int readByte() {
		return this.array[take(1)] & 0xFF;
	}

	boolean readFlag() {
		return (readByte() & 1) != 0;
	}

	int readShort() {
		int at = take(2);
		return ((this.array[at] & 0xFF) << 8) | (this.array[at + 1] & 0xFF);
	}

	int readInt() {
		int at = take(4);
		int value = 0;
		for (int i = 0; i < 4; i++) {
			value = (value << 8) | (this.array[at + i] & 0xFF);
		}
		return value;
	}

	long readLong() {
		return ((long) readInt() << 32) | (readInt() & 0xFFFF_FFFFL);
	}

	String readText() {
		int length = readShort();
		return new String(this.array, take(length), length, StandardCharsets.UTF_8);
	}

	byte[] readBytes(int length) {
		byte[] bytes = new byte[this.end - this.position < length ? take(-1) : length];
		System.arraycopy(this.array, take(length), bytes, 0, length);
		return bytes;
	}

	<T> List<T> readAll(Function<BodyReader, T> how) {
		int count = readInt();
		if (count < 0 || count > this.end - this.position) {
			throw new MalformedFrameException("a list has " + count + " elements");
		}
		List<T> values = new ArrayList<>(Math.min(count, 64));
		for (int i = 0; i < count; i++) {
			values.add(how.apply(this));
		}
		return values;
	}

	/** Returns what is left, without a copy. */
	ByteBuffer rest() {
		return ByteBuffer.wrap(this.array, this.position, this.end - this.position).slice();
	}

}

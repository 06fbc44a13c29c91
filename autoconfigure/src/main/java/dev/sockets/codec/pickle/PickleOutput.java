package dev.sockets.codec.pickle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of a pickle that is written.
 */
final class PickleOutput {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private byte[] array = new byte[256];

	private int size;

	int size() {
		return this.size;
	}

	void u1(int value) {
		ensure(1);
		this.array[this.size++] = (byte) value;
	}

	/**
	 * Writes an integer, its lowest byte first.
	 * @param value the integer
	 * @param length how many bytes of it
	 */
	void littleEndian(long value, int length) {
		ensure(length);
		for (int i = 0; i < length; i++) {
			this.array[this.size++] = (byte) (value >>> (i * Byte.SIZE));
		}
	}

	void bytes(byte[] bytes) {
		ensure(bytes.length);
		System.arraycopy(bytes, 0, this.array, this.size, bytes.length);
		this.size += bytes.length;
	}

	/**
	 * Writes an eight-byte integer over what is there.
	 */
	void setLong(int index, long value) {
		LONGS.set(this.array, index, value);
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.array, this.size);
	}

	private void ensure(int more) {
		if (more > this.array.length - this.size) {
			this.array = Arrays.copyOf(this.array, Math.max(Math.addExact(this.size, more), 2 * this.array.length));
		}
	}

}

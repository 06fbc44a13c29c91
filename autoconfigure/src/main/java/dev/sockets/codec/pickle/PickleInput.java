package dev.sockets.codec.pickle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of a pickle. Nothing is allocated for bytes that are not there.
 */
final class PickleInput {

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final byte[] array;

	private final int start;

	private final int end;

	private int position;

	PickleInput(byte[] array, int offset, int length) {
		this.array = array;
		this.start = offset;
		this.end = offset + length;
		this.position = offset;
	}

	/**
	 * Returns how many bytes were read.
	 */
	int consumed() {
		return this.position - this.start;
	}

	/**
	 * Returns how many bytes there are, read or not.
	 */
	int length() {
		return this.end - this.start;
	}

	int u1() {
		return this.array[advance(1)] & 0xff;
	}

	int u2() {
		int low = u1();
		return low | (u1() << 8);
	}

	int i4() {
		return (int) INTS.get(this.array, advance(Integer.BYTES));
	}

	long u4() {
		return Integer.toUnsignedLong(i4());
	}

	long i8() {
		return (long) LONGS.get(this.array, advance(Long.BYTES));
	}

	double f8() {
		return Double.longBitsToDouble(Long.reverseBytes(i8()));
	}

	byte[] bytes(long length) {
		int from = advance(length);
		return Arrays.copyOfRange(this.array, from, this.position);
	}

	String text(long length) {
		int from = advance(length);
		return PickleText.decode(this.array, from, this.position - from);
	}

	/**
	 * Reads up to and without a line feed.
	 */
	byte[] line() {
		int from = this.position;
		while (u1() != '\n') {
			continue;
		}
		return Arrays.copyOfRange(this.array, from, this.position - 1);
	}

	String textLine() {
		byte[] line = line();
		return PickleText.decode(line, 0, line.length);
	}

	/**
	 * Reads an integer in little-endian two's complement.
	 */
	Object integer(long length) {
		int from = advance(length);
		if (length <= Long.BYTES) {
			long value = 0;
			for (int i = this.position - 1; i >= from; i--) {
				value = (value << Byte.SIZE) | (this.array[i] & 0xff);
			}
			int unused = Long.SIZE - Byte.SIZE * (int) length;
			return PickleNumbers.of((length == 0) ? 0 : value << unused >> unused);
		}
		byte[] bigEndian = new byte[(int) length];
		for (int i = 0; i < bigEndian.length; i++) {
			bigEndian[i] = this.array[this.position - 1 - i];
		}
		return PickleNumbers.of(new BigInteger(bigEndian));
	}

	private int advance(long length) {
		if (length < 0 || length > this.end - this.position) {
			throw PickleFault.received("a pickle that ends too early: %d bytes are to follow, %d do".formatted(length,
					this.end - this.position));
		}
		int from = this.position;
		this.position += (int) length;
		return from;
	}

}

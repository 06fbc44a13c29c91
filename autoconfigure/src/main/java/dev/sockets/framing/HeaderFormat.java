package dev.sockets.framing;

/**
 * How the number in a length header is written.
 */
public enum HeaderFormat {

	/** As a number of that many bytes. */
	BINARY(256),

	/** As decimal digits, after zeros or spaces. */
	ASCII(10),

	/** As two decimal digits in each byte. */
	BCD(100),

	/** As hexadecimal digits, after zeros or spaces. */
	HEX(16);

	private static final int DECIMAL = 10;

	private static final int HEXADECIMAL = 16;

	private static final String DIGITS = "0123456789ABCDEF";

	private final int radix;

	HeaderFormat(int radix) {
		this.radix = radix;
	}

	/**
	 * Returns the highest number that fits.
	 * @param size bytes of the header
	 * @return the number; 0 when no header of this format has that size
	 */
	public long highest(int size) {
		return switch (this) {
			case BINARY -> binary(size);
			case ASCII -> (size >= 1 && size <= 18) ? power(size) : 0;
			case BCD -> (size >= 1 && size <= 9) ? power(size) : 0;
			case HEX -> (size >= 1 && size <= 15) ? power(size) : 0;
		};
	}

	/**
	 * Returns which sizes a header of this format can have.
	 * @return the sizes in words
	 */
	public String sizes() {
		return switch (this) {
			case BINARY -> "1, 2, 3, 4 or 8";
			case ASCII -> "from 1 to 18";
			case BCD -> "from 1 to 9";
			case HEX -> "from 1 to 15";
		};
	}

	private static long binary(int size) {
		return switch (size) {
			case 1, 2, 3 -> (1L << (size * Byte.SIZE)) - 1;
			case 4 -> Integer.MAX_VALUE;
			case 8 -> Long.MAX_VALUE;
			default -> 0;
		};
	}

	private long power(int size) {
		long power = 1;
		for (int i = 0; i < size; i++) {
			power *= this.radix;
		}
		return power - 1;
	}

	/**
	 * Reads a number of digits.
	 * @return the number; -1 when there is none
	 */
	long read(byte[] array, int start, int size) {
		int index = start;
		int end = start + size;
		while (this != BCD && index < end - 1 && array[index] == ' ') {
			index++;
		}
		long value = 0;
		for (; index < end; index++) {
			int digit = digit(array[index]);
			if (digit < 0) {
				return -1;
			}
			value = value * this.radix + digit;
		}
		return value;
	}

	private int digit(byte value) {
		if (this == BCD) {
			int high = (value >> 4) & 0xF;
			int low = value & 0xF;
			return (high < DECIMAL && low < DECIMAL) ? DECIMAL * high + low : -1;
		}
		return (value > 0) ? Character.digit(value, this.radix) : -1;
	}

	/**
	 * Writes a number as digits, after zeros.
	 */
	void write(long value, byte[] array, int start, int size) {
		long rest = value;
		for (int i = start + size - 1; i >= start; i--) {
			int digit = (int) (rest % this.radix);
			array[i] = (byte) ((this == BCD) ? HEXADECIMAL * (digit / DECIMAL) + digit % DECIMAL
					: DIGITS.charAt(digit));
			rest /= this.radix;
		}
	}

}

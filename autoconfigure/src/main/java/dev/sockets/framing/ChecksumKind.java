package dev.sockets.framing;

import java.util.zip.CRC32;

/**
 * Ways to compute a checksum. In brackets is that of the nine characters
 * {@code 123456789}.
 */
public enum ChecksumKind {

	/** All bytes combined by exclusive or (31). */
	XOR(1),

	/** The sum of all bytes, its lowest eight bits (DD). */
	SUM8(1),

	/** The sum of all bytes, its lowest sixteen bits (01DD). */
	SUM16(2),

	/** What makes the sum of all bytes zero, as in Modbus ASCII (23). */
	LRC(1),

	/** CRC-16/MODBUS, which is sent with its lowest byte first (4B37). */
	CRC16_MODBUS(2),

	/** CRC-16/IBM-3740, also known as CCITT-FALSE (29B1). */
	CRC16_CCITT(2),

	/** CRC-16/XMODEM (31C3). */
	CRC16_XMODEM(2),

	/** CRC-16/IBM-SDLC, also known as X-25, which is sent lowest byte first (906E). */
	CRC16_X25(2),

	/** CRC-32/ISO-HDLC, as in Ethernet and zip (CBF43926). */
	CRC32(4),

	/** The check digit of Luhn; other characters than digits don't count (7). */
	MOD10(1);

	private static final int REFLECTED_IBM = 0xA001;

	private static final int REFLECTED_CCITT = 0x8408;

	private static final int CCITT = 0x1021;

	private static final int ALL = 0xFFFF;

	private static final int[] MODBUS_TABLE = reflected(REFLECTED_IBM);

	private static final int[] X25_TABLE = reflected(REFLECTED_CCITT);

	private static final int[] CCITT_TABLE = straight();

	private final int size;

	ChecksumKind(int size) {
		this.size = size;
	}

	/**
	 * Returns how many bytes it has.
	 * @return 1, 2 or 4
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Returns whether its lowest byte is sent first unless something else is said.
	 */
	boolean isLowestFirst() {
		return this == CRC16_MODBUS || this == CRC16_X25;
	}

	/**
	 * Computes the checksum.
	 * @param array holds the bytes
	 * @param from index of the first byte
	 * @param to index after the last byte
	 * @return the checksum, not negative
	 */
	public long compute(byte[] array, int from, int to) {
		return switch (this) {
			case XOR -> xor(array, from, to);
			case SUM8 -> sum(array, from, to) & 0xFF;
			case SUM16 -> sum(array, from, to) & ALL;
			case LRC -> -sum(array, from, to) & 0xFF;
			case CRC16_MODBUS -> reflected(MODBUS_TABLE, array, from, to);
			case CRC16_CCITT -> straight(ALL, array, from, to);
			case CRC16_XMODEM -> straight(0, array, from, to);
			case CRC16_X25 -> reflected(X25_TABLE, array, from, to) ^ ALL;
			case CRC32 -> crc32(array, from, to);
			case MOD10 -> mod10(array, from, to);
		};
	}

	private static int xor(byte[] array, int from, int to) {
		int result = 0;
		for (int i = from; i < to; i++) {
			result ^= array[i];
		}
		return result & 0xFF;
	}

	private static int sum(byte[] array, int from, int to) {
		int result = 0;
		for (int i = from; i < to; i++) {
			result += array[i] & 0xFF;
		}
		return result;
	}

	private static int reflected(int[] table, byte[] array, int from, int to) {
		int crc = ALL;
		for (int i = from; i < to; i++) {
			crc = (crc >>> Byte.SIZE) ^ table[(crc ^ array[i]) & 0xFF];
		}
		return crc;
	}

	private static int straight(int initial, byte[] array, int from, int to) {
		int crc = initial;
		for (int i = from; i < to; i++) {
			crc = ((crc << Byte.SIZE) & ALL) ^ CCITT_TABLE[((crc >>> Byte.SIZE) ^ array[i]) & 0xFF];
		}
		return crc;
	}

	private static long crc32(byte[] array, int from, int to) {
		CRC32 crc = new CRC32();
		crc.update(array, from, to - from);
		return crc.getValue();
	}

	/** Every second digit counts twice, beginning with the last one. */
	private static int mod10(byte[] array, int from, int to) {
		int sum = 0;
		boolean twice = true;
		for (int i = to - 1; i >= from; i--) {
			int digit = array[i] - '0';
			if (digit >= 0 && digit <= 9) {
				int value = twice ? 2 * digit : digit;
				sum += value / 10 + value % 10;
				twice = !twice;
			}
		}
		return (10 - sum % 10) % 10;
	}

	private static int[] reflected(int polynomial) {
		int[] table = new int[256];
		for (int i = 0; i < table.length; i++) {
			int crc = i;
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				crc = ((crc & 1) != 0) ? (crc >>> 1) ^ polynomial : crc >>> 1;
			}
			table[i] = crc;
		}
		return table;
	}

	private static int[] straight() {
		int[] table = new int[256];
		for (int i = 0; i < table.length; i++) {
			int crc = i << Byte.SIZE;
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				crc = ((crc & 0x8000) != 0) ? (crc << 1) ^ CCITT : crc << 1;
			}
			table[i] = crc & ALL;
		}
		return table;
	}

}

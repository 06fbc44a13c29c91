package dev.sockets.codec.pickle;

import java.math.BigInteger;

/**
 * Writes the values that have no parts, and in protocol 3 the memo that Python writes
 * after a value that it may use again.
 */
final class PickleValueOutput {

	static final int FRAMED_PROTOCOL = 4;

	private static final int SHORT = 0xff;

	private final PickleOutput output;

	private final boolean compact;

	private int remembered;

	PickleValueOutput(PickleOutput output, int protocol) {
		this.output = output;
		this.compact = protocol >= FRAMED_PROTOCOL;
	}

	/**
	 * Returns whether opcodes of protocol 4 may be written, and nothing is remembered.
	 */
	boolean isCompact() {
		return this.compact;
	}

	void opcode(int opcode) {
		this.output.u1(opcode);
	}

	void integer(long value) {
		if (value >= 0 && value <= 0xff) {
			opcode(Opcode.BININT1);
			this.output.u1((int) value);
		}
		else if (value >= 0 && value <= 0xffff) {
			opcode(Opcode.BININT2);
			this.output.littleEndian(value, Short.BYTES);
		}
		else if (value == (int) value) {
			opcode(Opcode.BININT);
			this.output.littleEndian(value, Integer.BYTES);
		}
		else {
			int bits = Long.SIZE - Long.numberOfLeadingZeros((value < 0) ? ~value : value) + 1;
			int length = (bits + Byte.SIZE - 1) / Byte.SIZE;
			opcode(Opcode.LONG1);
			this.output.u1(length);
			this.output.littleEndian(value, length);
		}
	}

	void integer(BigInteger value) {
		if (value.bitLength() < Long.SIZE) {
			integer(value.longValue());
			return;
		}
		byte[] bigEndian = value.toByteArray();
		length(bigEndian.length, Opcode.LONG1, Opcode.LONG4);
		for (int i = bigEndian.length - 1; i >= 0; i--) {
			this.output.u1(bigEndian[i]);
		}
	}

	void floating(double value) {
		opcode(Opcode.BINFLOAT);
		this.output.littleEndian(Long.reverseBytes(Double.doubleToLongBits(value)), Long.BYTES);
	}

	void text(String text) {
		byte[] bytes = PickleText.encode(text);
		if (this.compact) {
			length(bytes.length, Opcode.SHORT_BINUNICODE, Opcode.BINUNICODE);
		}
		else {
			opcode(Opcode.BINUNICODE);
			this.output.littleEndian(bytes.length, Integer.BYTES);
		}
		this.output.bytes(bytes);
		remember();
	}

	void bytes(byte[] bytes) {
		length(bytes.length, Opcode.SHORT_BINBYTES, Opcode.BINBYTES);
		this.output.bytes(bytes);
		remember();
	}

	void line(String text) {
		this.output.bytes(PickleText.encode(text));
		this.output.u1('\n');
	}

	void remember() {
		if (this.compact) {
			return;
		}
		if (this.remembered <= SHORT) {
			opcode(Opcode.BINPUT);
			this.output.u1(this.remembered);
		}
		else {
			opcode(Opcode.LONG_BINPUT);
			this.output.littleEndian(this.remembered, Integer.BYTES);
		}
		this.remembered++;
	}

	private void length(int length, int shortOpcode, int longOpcode) {
		opcode((length <= SHORT) ? shortOpcode : longOpcode);
		this.output.littleEndian(length, (length <= SHORT) ? 1 : Integer.BYTES);
	}

}

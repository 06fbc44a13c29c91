package dev.sockets.framing;

import java.nio.ByteOrder;

import org.jspecify.annotations.Nullable;

/**
 * A header says how long the frame is. Its value is checked as soon as it is complete.
 */
final class LengthFraming implements Framing {

	private final LengthHeader header;

	private final HeaderFormat format;

	private final int size;

	private final int offset;

	private final int headerEnd;

	private final boolean bigEndian;

	/** Bytes of the header that are a part of payloads. */
	private final int kept;

	/** The length of a frame that ends with its header. */
	private final long base;

	private final long least;

	private final long most;

	/** Bytes that each frame has before its length; {@code null} for none. */
	private final @Nullable FixedBytes fixed;

	LengthFraming(LengthHeader header) {
		this.header = header;
		this.format = header.format();
		this.size = header.size();
		this.offset = header.offset();
		this.headerEnd = header.end();
		this.bigEndian = header.order() == ByteOrder.BIG_ENDIAN;
		this.kept = header.kept();
		this.base = header.ofNothing();
		this.least = Math.max(Math.max(this.base, 0), header.least());
		this.most = header.most();
		this.fixed = header.fixed().isEmpty() ? null : new FixedBytes(header.fixed());
	}

	@Override
	public boolean next(FrameWindow window) {
		int start = window.start();
		int available = window.end() - start - this.headerEnd;
		if (available < 0) {
			return false;
		}
		if (this.fixed != null && !this.fixed.areIn(window.array(), start)) {
			throw FrameFault.malformed(this, "a header without " + fixed(), window);
		}
		long value = read(window.array(), start + this.offset);
		if (value < this.least || value > this.most) {
			throw outside(value, window);
		}
		if (value > window.maxFrameSize() - this.kept + this.base) {
			throw FrameFault.tooLarge(this, "a frame of " + (value - this.base + this.kept) + " bytes", window);
		}
		int length = (int) (value - this.base);
		if (length > available) {
			return false;
		}
		int bodyStart = start + this.headerEnd;
		window.frame(bodyStart - this.kept, bodyStart + length, bodyStart + length);
		return true;
	}

	private RuntimeException outside(long value, FrameWindow window) {
		return FrameFault.malformed(this, (value < 0 && this.format != HeaderFormat.BINARY)
				? "a header that is no number" : "the length " + number(value) + ", which is " + bound(value), window);
	}

	private String number(long value) {
		String unsigned = (this.size == Integer.BYTES) ? Integer.toUnsignedString((int) value)
				: Long.toUnsignedString(value);
		return value + ((value < 0) ? " (without a sign " + unsigned + ")" : "");
	}

	private String bound(long value) {
		return (value < this.least) ? "less than " + least() : "more than " + this.most
				+ ", the most that a message of this protocol has (framing-options.max-length)";
	}

	private String fixed() {
		return this.header.fixedBytes() + " (framing-options.header-bytes)";
	}

	private String least() {
		return this.least + ((this.least == this.header.least() && this.least > 0)
				? ", the least that a message of this protocol has (framing-options.min-length)" : "");
	}

	private long read(byte[] array, int at) {
		if (this.format != HeaderFormat.BINARY) {
			return this.format.read(array, at, this.size);
		}
		long value = 0;
		for (int i = 0; i < this.size; i++) {
			value = (value << Byte.SIZE) | (array[at + position(i)] & 0xFF);
		}
		return (this.size == Integer.BYTES) ? (int) value : value;
	}

	/**
	 * Returns where in the header its byte of that significance is, the highest being 0.
	 */
	private int position(int significance) {
		return this.bigEndian ? significance : this.size - 1 - significance;
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		if (payload.length < this.kept) {
			throw FrameFault.payloadRefused(this,
					"a payload that is shorter than the header it has to contain, which is " + this.kept
							+ " bytes: put it before the message; the length is filled in",
					payload);
		}
		if (this.fixed != null && !this.fixed.areIn(payload, 0)) {
			throw FrameFault.payloadRefused(this,
					"a payload whose header has not " + fixed() + ", as its peers expect: set these bytes", payload);
		}
		long value = value(payload);
		int at = output.size() + this.offset;
		if (this.kept == 0) {
			output.room(this.size);
		}
		output.write(payload);
		write(value, output.array(), at);
	}

	/**
	 * Writes the length into a frame that is to be sent, when it is a part of payloads.
	 */
	void fill(byte[] frame) {
		if (this.kept > 0 && frame.length >= this.kept) {
			write(value(frame), frame, this.offset);
		}
	}

	/**
	 * Returns whether the length is in a part of payloads.
	 */
	boolean keepsLengthIn(int from, int to) {
		return this.kept > 0 && from < this.headerEnd && to > this.offset;
	}

	private long value(byte[] payload) {
		long value = payload.length - this.kept + this.base;
		if (value < this.least || (value > this.most && this.header.isBounded())) {
			throw FrameFault.payloadRefused(this, "a payload whose length would be " + value + ", which is "
					+ bound(value) + ": send " + ((value < this.least) ? "more" : "less"), payload);
		}
		if (value > this.most) {
			throw FrameFault.payloadTooLong(this, "a payload longer than its header can say, which is "
					+ this.header.longestPayload() + " bytes: send less, or use a larger header-size", payload);
		}
		return value;
	}

	private void write(long value, byte[] array, int at) {
		if (this.format != HeaderFormat.BINARY) {
			this.format.write(value, array, at, this.size);
			return;
		}
		for (int i = 0; i < this.size; i++) {
			array[at + position(i)] = (byte) (value >>> ((this.size - 1 - i) * Byte.SIZE));
		}
	}

	@Override
	public long shortestPayload() {
		return this.least - this.base + this.kept;
	}

	@Override
	public String toString() {
		return this.header.toString();
	}

}

package dev.sockets.framing;

import java.io.InputStream;
import java.util.Objects;

/**
 * Reads the bytes of a window. Where a socket's stream would block, it unwinds the reader
 * by an {@link Exhausted}: an {@code Error}, as readers tend to handle exceptions.
 */
final class WindowInputStream extends InputStream {

	private final byte[] array;

	private final int end;

	private int position;

	private boolean exhausted;

	WindowInputStream(byte[] array, int start, int end) {
		this.array = array;
		this.position = start;
		this.end = end;
	}

	@Override
	public int read() {
		require();
		return this.array[this.position++] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length == 0) {
			return 0;
		}
		require();
		int count = Math.min(length, available());
		System.arraycopy(this.array, this.position, bytes, offset, count);
		this.position += count;
		return count;
	}

	@Override
	public int available() {
		return this.end - this.position;
	}

	int position() {
		return this.position;
	}

	boolean isExhausted() {
		return this.exhausted;
	}

	private void require() {
		if (this.position == this.end) {
			this.exhausted = true;
			throw Exhausted.INSTANCE;
		}
	}

	/**
	 * Says that more bytes are needed.
	 */
	static final class Exhausted extends Error {

		private static final long serialVersionUID = 1L;

		private static final Exhausted INSTANCE = new Exhausted();

		private Exhausted() {
			super("More bytes are needed", null, false, false);
		}

	}

}

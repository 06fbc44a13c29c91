package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import dev.sockets.loop.stream.Transport;

/**
 * The records of one connection as its socket brings them. Keeps nothing but what was not
 * decrypted: mostly a record that is not complete. Belongs to the reading thread.
 */
final class RecordInput {

	private static final int HEADER = 5;

	private static final byte[] NONE = {};

	private final Transport below;

	private final HeldBytes held;

	/** Bytes of records that were not decrypted, at the beginning of the array. */
	private byte[] rest = NONE;

	private int length;

	private boolean ended;

	RecordInput(Transport below, HeldBytes held) {
		this.below = below;
		this.held = held;
	}

	/**
	 * Returns whether the socket has ended.
	 * @return whether nothing more comes than what is kept
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Returns whether a record is there although the socket may have nothing.
	 * @return whether {@link #load} need not read
	 */
	boolean hasRecord() {
		return this.length > 0 && Records.isComplete(this.rest, this.length);
	}

	/**
	 * Takes what is kept, and reads the socket if that is no complete record. What comes
	 * is copied once, however small the pieces are in which it comes.
	 * @param input where to put it
	 * @param most how many bytes to read
	 * @return whether there is a complete record
	 */
	boolean load(ByteBuffer input, int most) throws IOException {
		input.clear().position(this.length);
		if (!hasRecord()) {
			int count = this.below.read(input.limit(Math.min(input.capacity(), this.length + most)));
			this.ended |= count < 0;
			if (count <= 0) {
				return false;
			}
			int head = Math.min(this.length, HEADER);
			System.arraycopy(this.rest, 0, input.array(), 0, head);
			if (!Records.isComplete(input.array(), this.length + count)) {
				append(input.array(), count);
				return false;
			}
		}
		System.arraycopy(this.rest, 0, input.array(), 0, this.length);
		hold(NONE, 0);
		input.flip();
		return true;
	}

	private void append(byte[] bytes, int count) {
		int length = this.length + count;
		byte[] rest = this.rest;
		if (length > rest.length) {
			rest = Arrays.copyOf(rest, Math.max(length, 2 * this.length));
		}
		System.arraycopy(bytes, this.length, rest, this.length, count);
		hold(rest, length);
	}

	/**
	 * Keeps what was loaded and not decrypted.
	 * @param input holds it
	 */
	void keep(ByteBuffer input) {
		byte[] rest = NONE;
		int length = input.remaining();
		if (length > 0) {
			rest = new byte[length];
			input.get(rest);
		}
		hold(rest, length);
	}

	private void hold(byte[] rest, int length) {
		this.held.add((long) rest.length - this.rest.length);
		this.rest = rest;
		this.length = length;
	}

}

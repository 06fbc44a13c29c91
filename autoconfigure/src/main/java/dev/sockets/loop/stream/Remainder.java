package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What was received and not consumed: mostly the beginning of a frame whose rest has not
 * come, or frames that wait for reading to go on. Nothing here costs more the more waits:
 * what stays is not moved for what comes or goes, but for as many bytes as have gone.
 * Belongs to the reading thread, but {@link #since()} is open to all.
 */
final class Remainder {

	private final ChannelMemory memory;

	private byte[] bytes;

	private int start;

	private int end;

	/** Since when the bytes wait for the rest of their frame. */
	private volatile long since;

	/**
	 * Keeps what was not consumed: a copy, as the bytes are the loop's.
	 * @param memory counts what is kept
	 * @param bytes holds it
	 * @param from index of its first byte
	 * @param end index after its last byte
	 * @param now the time, as {@link StreamChannel#nanos()}
	 */
	Remainder(ChannelMemory memory, byte[] bytes, int from, int end, long now) {
		this.memory = memory;
		this.bytes = Arrays.copyOfRange(bytes, from, end);
		this.end = end - from;
		this.since = now;
		memory.add(this.bytes.length);
	}

	/**
	 * Returns since when there is one.
	 * @return the time, as {@link StreamChannel#nanos()}
	 */
	long since() {
		return this.since;
	}

	/**
	 * Returns the bytes.
	 * @return holds them from {@link #start()} to {@link #end()}
	 */
	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return this.end - this.start;
	}

	/**
	 * Returns how they begin.
	 * @param most how many of them at most
	 * @return a copy
	 */
	byte[] first(int most) {
		return Arrays.copyOfRange(this.bytes, this.start, this.start + Math.min(most, this.end - this.start));
	}

	int start() {
		return this.start;
	}

	int end() {
		return this.end;
	}

	/**
	 * Puts bytes behind those that are there; all are to be {@linkplain #keep kept} as
	 * far as they are not consumed.
	 * @param input the bytes
	 * @return holds all of them, from {@link #start()} to {@link #end()}
	 */
	byte[] append(ByteBuffer input) {
		int count = input.remaining();
		if (count > this.bytes.length - this.end) {
			makeRoom(count);
		}
		input.get(this.bytes, this.end, count);
		this.end += count;
		return this.bytes;
	}

	private void makeRoom(int count) {
		int length = this.end - this.start;
		boolean fits = length <= this.start && length + count <= this.bytes.length;
		byte[] all = fits ? this.bytes : new byte[Math.max(length + count, 2 * length)];
		System.arraycopy(this.bytes, this.start, all, 0, length);
		hold(all, 0, length);
	}

	/**
	 * Keeps what was not consumed. A channel keeps no memory between two messages, and
	 * little within one.
	 * @param bytes holds it
	 * @param from index of its first byte
	 * @param end index after its last byte
	 * @param now the time, as {@link StreamChannel#nanos()}
	 */
	void keep(byte[] bytes, int from, int end, long now) {
		int length = end - from;
		if (from > this.start) {
			this.since = now;
		}
		if (bytes == this.bytes && length > bytes.length / 4) {
			this.start = from;
			this.end = end;
		}
		else {
			hold(Arrays.copyOfRange(bytes, from, end), 0, length);
		}
	}

	private void hold(byte[] bytes, int start, int end) {
		this.memory.add((long) bytes.length - this.bytes.length);
		this.bytes = bytes;
		this.start = start;
		this.end = end;
	}

	/** Nothing is kept any more. */
	void drop() {
		this.memory.add(-this.bytes.length);
	}

}

package dev.sockets.loop.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What was received and not consumed: mostly the beginning of a frame whose rest has not
 * come, or frames that wait for reading to go on. Nothing here costs more the more waits:
 * what stays is not moved for what comes or goes, but for as many bytes as have gone.
 * Belongs to the reading thread, but {@link #isPresent()} and {@link #since()} are open
 * to all.
 */
final class Remainder {

	private final ChannelMemory memory;

	private byte @Nullable [] bytes;

	private int start;

	private int end;

	/** Since when the bytes wait for the rest of their frame. */
	private volatile long since;

	private volatile boolean present;

	Remainder(ChannelMemory memory) {
		this.memory = memory;
	}

	boolean isPresent() {
		return this.present;
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
	 * @return holds them from {@link #start()} to {@link #end()}; {@code null} when there
	 * are none
	 */
	byte @Nullable [] bytes() {
		return this.bytes;
	}

	int length() {
		return this.end - this.start;
	}

	/**
	 * Returns how they begin.
	 * @param most how many of them at most
	 * @return a copy; empty when there are none
	 */
	byte[] first(int most) {
		byte[] bytes = this.bytes;
		return (bytes != null)
				? Arrays.copyOfRange(bytes, this.start, this.start + Math.min(most, this.end - this.start))
				: new byte[0];
	}

	int start() {
		return this.start;
	}

	int end() {
		return this.end;
	}

	/**
	 * Puts bytes behind those that are there; they are to be {@linkplain #keep kept} as
	 * far as they are not consumed.
	 * @param bytes those that are there
	 * @param input the bytes
	 * @return holds all of them, from {@link #start()} to {@link #end()}
	 */
	byte[] append(byte[] bytes, ByteBuffer input) {
		int count = input.remaining();
		byte[] all = (count > bytes.length - this.end) ? withRoom(bytes, count) : bytes;
		input.get(all, this.end, count);
		this.end += count;
		return all;
	}

	private byte[] withRoom(byte[] bytes, int count) {
		int length = this.end - this.start;
		boolean fits = length <= this.start && length + count <= bytes.length;
		byte[] all = fits ? bytes : new byte[Math.max(length + count, 2 * length)];
		System.arraycopy(bytes, this.start, all, 0, length);
		hold(all, 0, length);
		return all;
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
		if (length > 0 && (from > this.start || !this.present)) {
			this.since = now;
		}
		if (this.present != length > 0) {
			this.present = length > 0;
		}
		if (length == 0) {
			hold(null, 0, 0);
		}
		else if (bytes == this.bytes && length > bytes.length / 4) {
			this.start = from;
			this.end = end;
		}
		else {
			hold(Arrays.copyOfRange(bytes, from, end), 0, length);
		}
	}

	private void hold(byte @Nullable [] bytes, int start, int end) {
		if (bytes != this.bytes) {
			this.memory.add((long) length(bytes) - length(this.bytes));
		}
		this.bytes = bytes;
		this.start = start;
		this.end = end;
	}

	private static int length(byte @Nullable [] bytes) {
		return (bytes != null) ? bytes.length : 0;
	}

	void drop() {
		hold(null, 0, 0);
	}

}

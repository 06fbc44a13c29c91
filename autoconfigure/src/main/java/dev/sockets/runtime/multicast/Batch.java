package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Datagrams of one socket that were read one right after the other, before the first of
 * them is handled: so what it costs to have a turn is paid once for all of them.
 */
final class Batch {

	/** Most datagrams of a batch. */
	static final int MOST = 32;

	/** No datagram is added to a batch of more bytes. */
	private static final int ENOUGH_BYTES = 64 * 1024;

	private final int longest;

	private final ByteBuffer buffer;

	private final byte[] bytes;

	private final int[] ends = new int[MOST];

	private final InetSocketAddress[] senders = new InetSocketAddress[MOST];

	private int size;

	/**
	 * Creates a batch.
	 * @param longest how many bytes of a datagram are read at most
	 */
	Batch(int longest) {
		this.longest = longest;
		this.buffer = ByteBuffer.allocateDirect(ENOUGH_BYTES + longest);
		this.bytes = new byte[longest];
	}

	/**
	 * Reads what waits, in place of what was there.
	 * @param channel where to read
	 * @param most how many datagrams at most
	 * @return whether more may wait
	 * @throws IOException when not even one could be read
	 */
	boolean read(ReadingChannel channel, int most) throws IOException {
		this.size = 0;
		int end = 0;
		while (this.size < most && end <= ENOUGH_BYTES) {
			InetSocketAddress sender;
			try {
				sender = channel.receive(this.buffer.limit(end + this.longest).position(end));
			}
			catch (IOException ex) {
				if (this.size == 0) {
					throw ex;
				}
				return true;
			}
			if (sender == null) {
				return false;
			}
			end = this.buffer.position();
			this.ends[this.size] = end;
			this.senders[this.size] = sender;
			this.size++;
		}
		return true;
	}

	int size() {
		return this.size;
	}

	int totalBytes() {
		return (this.size > 0) ? this.ends[this.size - 1] : 0;
	}

	InetSocketAddress sender(int index) {
		return this.senders[index];
	}

	/**
	 * Copies a datagram to {@link #bytes()}.
	 * @return its length
	 */
	int copy(int index) {
		int start = (index > 0) ? this.ends[index - 1] : 0;
		int length = this.ends[index] - start;
		this.buffer.limit(this.buffer.capacity()).get(start, this.bytes, 0, length);
		return length;
	}

	/**
	 * Returns the datagram that was copied last, and older bytes after it.
	 */
	byte[] bytes() {
		return this.bytes;
	}

}

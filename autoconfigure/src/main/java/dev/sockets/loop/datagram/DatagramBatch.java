package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import dev.sockets.loop.LoopBuffers;

/**
 * Datagrams of one port that were read one right after the other, before the first of
 * them is handled: so what it costs to have a turn is paid once for all of them. A runner
 * has one.
 */
public final class DatagramBatch {

	/** Most datagrams of a batch. */
	static final int MOST = 32;

	/** No datagram is added to a batch of more bytes. */
	private static final int ENOUGH_BYTES = LoopBuffers.SIZE;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(ENOUGH_BYTES + LoopBuffers.SIZE);

	private final byte[] bytes;

	private final int[] ends = new int[MOST];

	private final InetSocketAddress[] senders = new InetSocketAddress[MOST];

	private int size;

	DatagramBatch(LoopBuffers buffers) {
		this.bytes = buffers.bytes;
	}

	/**
	 * Reads what waits, in place of what was there.
	 * @param channel where to read
	 * @param longest how many bytes of a datagram are read at most, no more than a buffer
	 * of the loop holds
	 * @param most how many datagrams at most
	 * @return whether more may wait
	 * @throws IOException when not even one could be read
	 */
	boolean read(DatagramChannel channel, int longest, int most) throws IOException {
		this.size = 0;
		int end = 0;
		while (this.size < most && end <= ENOUGH_BYTES) {
			InetSocketAddress sender;
			try {
				sender = (InetSocketAddress) channel.receive(this.buffer.limit(end + longest).position(end));
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

	/**
	 * Returns how many there are.
	 * @return the number
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Returns how many bytes they have together.
	 * @return the number, without what was cut off from those that are too long
	 */
	public int totalBytes() {
		return (this.size > 0) ? this.ends[this.size - 1] : 0;
	}

	/**
	 * Returns who sent one.
	 * @param index which
	 * @return the address
	 */
	public InetSocketAddress sender(int index) {
		return this.senders[index];
	}

	/**
	 * Copies one to {@link #bytes()}.
	 * @param index which
	 * @return its length
	 */
	public int copy(int index) {
		int start = (index > 0) ? this.ends[index - 1] : 0;
		int length = this.ends[index] - start;
		this.buffer.limit(this.buffer.capacity()).get(start, this.bytes, 0, length);
		return length;
	}

	/**
	 * Returns the one that was copied last, and older bytes after it.
	 * @return the bytes
	 */
	public byte[] bytes() {
		return this.bytes;
	}

}

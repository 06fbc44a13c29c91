package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends what a socket takes now. What lies in the heap is copied, so that the collector
 * does not move it meanwhile, and no more of it than the socket may take.
 */
final class Sends {

	private Sends() {
	}

	/**
	 * Sends from one buffer, whose position goes on.
	 * @param descriptor the socket
	 * @param bytes what to send
	 * @return how many bytes were taken
	 * @throws IOException when the connection is broken
	 */
	static int one(int descriptor, ByteBuffer bytes) throws IOException {
		return bytes.isDirect() ? direct(descriptor, bytes)
				: (int) several(descriptor, new ByteBuffer[] { bytes }, 0, 1);
	}

	private static int direct(int descriptor, ByteBuffer bytes) throws IOException {
		Scratch scratch = Scratch.take();
		try {
			int count = Failures
				.blocked(LibC.send(scratch.state, descriptor, Memory.address(bytes), bytes.remaining()));
			bytes.position(bytes.position() + count);
			return count;
		}
		finally {
			scratch.giveBack();
		}
	}

	/**
	 * Sends from several buffers in their order; their positions go on.
	 * @param descriptor the socket
	 * @param buffers what to send
	 * @param offset the first
	 * @param length how many
	 * @return how many bytes were taken
	 * @throws IOException when the connection is broken and nothing was taken
	 */
	static long several(int descriptor, ByteBuffer[] buffers, int offset, int length) throws IOException {
		Scratch scratch = Scratch.takeRoomy();
		try {
			long all = 0;
			int first = offset;
			while (true) {
				while (first < offset + length && !buffers[first].hasRemaining()) {
					first++;
				}
				int gathered = gather(buffers, first, offset + length, scratch.room());
				if (gathered == 0) {
					return all;
				}
				int count = LibC.send(scratch.state, descriptor, scratch.room(), gathered);
				if (count < 0) {
					return (all > 0) ? all : Failures.blocked(count);
				}
				skip(buffers, first, count);
				all += count;
				if (count < gathered) {
					return all;
				}
			}
		}
		finally {
			scratch.giveBack();
		}
	}

	private static int gather(ByteBuffer[] buffers, int first, int end, long to) {
		int gathered = 0;
		for (int i = first; i < end && gathered < Scratch.ROOM; i++) {
			int length = Math.min(buffers[i].remaining(), Scratch.ROOM - gathered);
			Memory.copy(buffers[i], length, to + gathered);
			gathered += length;
		}
		return gathered;
	}

	private static void skip(ByteBuffer[] buffers, int first, int count) {
		int left = count;
		for (int i = first; left > 0; i++) {
			int taken = Math.min(left, buffers[i].remaining());
			buffers[i].position(buffers[i].position() + taken);
			left -= taken;
		}
	}

}

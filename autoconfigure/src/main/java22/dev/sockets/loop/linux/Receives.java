package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Receives what a socket has.
 */
final class Receives {

	private Receives() {
	}

	/**
	 * Receives into one buffer, whose position goes on.
	 * @param descriptor the socket
	 * @param bytes has room for one byte at least
	 * @return how many bytes it were; 0 when there are none, negative at the end
	 * @throws IOException when the connection is broken
	 */
	static int one(int descriptor, ByteBuffer bytes) throws IOException {
		return bytes.isDirect() ? direct(descriptor, bytes) : copied(descriptor, bytes);
	}

	private static int direct(int descriptor, ByteBuffer bytes) throws IOException {
		Scratch scratch = Scratch.take();
		try {
			int count = LibC.receive(scratch.state, descriptor, Memory.address(bytes), bytes.remaining());
			if (count <= 0) {
				return (count == 0) ? -1 : Failures.blocked(count);
			}
			bytes.position(bytes.position() + count);
			return count;
		}
		finally {
			scratch.giveBack();
		}
	}

	private static int copied(int descriptor, ByteBuffer bytes) throws IOException {
		Scratch scratch = Scratch.takeRoomy();
		try {
			int count = LibC.receive(scratch.state, descriptor, scratch.room(),
					Math.min(bytes.remaining(), Scratch.ROOM));
			if (count <= 0) {
				return (count == 0) ? -1 : Failures.blocked(count);
			}
			Memory.copy(scratch.room(), bytes, count);
			return count;
		}
		finally {
			scratch.giveBack();
		}
	}

	/**
	 * Receives into several buffers in their order.
	 * @param descriptor the socket
	 * @param buffers where to put it
	 * @param offset the first
	 * @param length how many
	 * @return as for one
	 * @throws IOException when the connection is broken and nothing was received
	 */
	static long several(int descriptor, ByteBuffer[] buffers, int offset, int length) throws IOException {
		long all = 0;
		for (int i = offset; i < offset + length; i++) {
			if (buffers[i].hasRemaining()) {
				int count = one(descriptor, buffers[i]);
				if (count <= 0) {
					return (all > 0) ? all : count;
				}
				all += count;
				if (buffers[i].hasRemaining()) {
					return all;
				}
			}
		}
		return all;
	}

}

package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Moves bytes between the buffers and the transport of a channel, and shows them to its
 * handler when that wants to see them.
 */
final class ChannelTraffic {

	private ChannelTraffic() {
	}

	static int read(StreamChannel channel, Transport transport, ByteBuffer bytes) throws IOException {
		boolean watched = channel.handler().watchesTraffic();
		int count = transport.read(bytes);
		if (watched && count > 0) {
			channel.handler().transferred(true, last(bytes, count));
		}
		return count;
	}

	static int write(StreamChannel channel, Transport transport, ByteBuffer bytes) throws IOException {
		boolean watched = channel.handler().watchesTraffic();
		int count = transport.write(bytes);
		if (watched) {
			tellWritten(channel, bytes, count);
		}
		return count;
	}

	static int writeBatched(StreamChannel channel, Transport transport, ByteBuffer bytes) throws IOException {
		boolean watched = channel.handler().watchesTraffic();
		int count = transport.writeBatched(bytes);
		if (watched) {
			tellWritten(channel, bytes, count);
		}
		return count;
	}

	private static void tellWritten(StreamChannel channel, ByteBuffer bytes, int count) {
		if (count > 0) {
			channel.handler().transferred(false, last(bytes, count));
		}
	}

	static long write(StreamChannel channel, Transport transport, ByteBuffer[] bytes) throws IOException {
		if (!channel.handler().watchesTraffic()) {
			return transport.write(bytes);
		}
		int[] starts = new int[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			starts[i] = bytes[i].position();
		}
		long count = transport.write(bytes);
		for (int i = 0; i < bytes.length; i++) {
			int written = bytes[i].position() - starts[i];
			if (written > 0) {
				channel.handler().transferred(false, last(bytes[i], written));
			}
		}
		return count;
	}

	private static ByteBuffer last(ByteBuffer bytes, int count) {
		return bytes.slice(bytes.position() - count, count);
	}

}

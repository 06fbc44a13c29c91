package dev.sockets.loop.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends datagrams from one socket, and waits a second for room in the system's buffer.
 * May be used by any thread.
 */
final class DatagramOutput {

	private static final int MOST_PAUSES = 1_000;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final DatagramChannel channel;

	DatagramOutput(DatagramChannel channel) {
		this.channel = channel;
	}

	void send(byte[] bytes, InetSocketAddress to) throws IOException {
		ByteBuffer datagram = ByteBuffer.wrap(bytes);
		for (int pauses = 0; this.channel.send(datagram, to) == 0 && bytes.length > 0; pauses++) {
			if (pauses == MOST_PAUSES) {
				throw new IOException("the system's send buffer stays full");
			}
			LockSupport.parkNanos(this.channel, PAUSE_NANOS);
		}
	}

}

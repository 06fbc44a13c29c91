package dev.sockets.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;

/**
 * What one writes by hand: a thread that blocks in {@code receive} and handles what
 * comes.
 */
final class BareReceiver implements ReceiverProgram {

	private static final int LONGEST = 64 * 1024;

	@Override
	public void start(String group, int port, Tally tally) throws IOException {
		start(group, port, tally::count);
	}

	/** Hands each datagram to a handler, on the thread that reads. */
	static void start(String group, int port, Consumer<byte[]> handler) throws IOException {
		InetAddress address = InetAddress.getByName(group);
		DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)
			.setOption(StandardSocketOptions.SO_REUSEADDR, true)
			.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER)
			.bind(new InetSocketAddress(address, port));
		channel.join(address, NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)));
		Thread reader = new Thread(() -> read(channel, handler), "reader");
		reader.setDaemon(true);
		reader.start();
	}

	private static void read(DatagramChannel channel, Consumer<byte[]> handler) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST);
		try {
			while (true) {
				channel.receive(buffer.clear());
				byte[] datagram = new byte[buffer.flip().remaining()];
				buffer.get(datagram);
				handler.accept(datagram);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

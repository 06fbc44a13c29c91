package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens and closes the connections of a load.
 */
final class Clients {

	private static final int TIMEOUT_MILLIS = 10_000;

	private Clients() {
	}

	static InetSocketAddress server(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	/**
	 * Opens connections one after the other.
	 * @param port the server's port
	 * @param count how many
	 * @return the connected channels, not blocking
	 * @throws IOException when one is refused
	 */
	static List<SocketChannel> connect(int port, int count) throws IOException {
		List<SocketChannel> channels = new ArrayList<>(count);
		try {
			for (int i = 0; i < count; i++) {
				SocketChannel channel = SocketChannel.open();
				channels.add(channel);
				channel.socket().connect(server(port), TIMEOUT_MILLIS);
				prepare(channel);
			}
			return channels;
		}
		catch (IOException ex) {
			close(channels);
			throw ex;
		}
	}

	static void prepare(SocketChannel channel) throws IOException {
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		// Closing resets, so that the next load finds free ports
		channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		channel.configureBlocking(false);
	}

	static void close(List<SocketChannel> channels) {
		for (SocketChannel channel : channels) {
			try {
				channel.close();
			}
			catch (IOException ex) {
				// it is closed as far as that is possible
			}
		}
	}

}

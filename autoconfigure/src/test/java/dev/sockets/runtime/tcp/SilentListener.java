package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import dev.sockets.testkit.Ports;

/** Listens with a full backlog, so that further peers get no answer at all. */
final class SilentListener implements AutoCloseable {

	private final ServerSocket socket;

	private final List<SocketChannel> filling = new ArrayList<>();

	SilentListener() throws IOException {
		this.socket = new ServerSocket(Ports.free(), 1, InetAddress.getByName("127.0.0.1"));
		for (int i = 0; i < 8; i++) {
			SocketChannel channel = SocketChannel.open();
			channel.configureBlocking(false);
			channel.connect(new InetSocketAddress("127.0.0.1", port()));
			this.filling.add(channel);
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	@Override
	public void close() {
		try {
			for (SocketChannel channel : this.filling) {
				channel.close();
			}
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;

import org.awaitility.Awaitility;

/**
 * A socket of the native engine in a selector, and a blocking peer that has little room.
 */
final class NativePair implements AutoCloseable {

	static final int SMALL_BUFFER = 4096;

	final LinuxSocketChannel channel;

	final Socket peer = new Socket();

	final SelectionKey key;

	NativePair(Selector selector) throws IOException {
		this.peer.setReceiveBufferSize(SMALL_BUFFER);
		this.peer.setSoTimeout(30_000);
		try (ServerSocketChannel server = selector.provider().openServerSocketChannel()) {
			server.configureBlocking(false);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			this.peer.connect(server.getLocalAddress());
			this.channel = (LinuxSocketChannel) Awaitility.await()
				.until(server::accept, (accepted) -> accepted != null);
		}
		this.channel.configureBlocking(false);
		this.channel.setOption(StandardSocketOptions.SO_SNDBUF, SMALL_BUFFER);
		this.key = this.channel.register(selector, 0);
	}

	String read(int length) throws IOException {
		return new String(this.peer.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
	}

	@Override
	public void close() throws IOException {
		this.peer.close();
		this.channel.close();
	}

}

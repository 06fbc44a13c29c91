package dev.sockets.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;

import dev.sockets.loop.EventLoop;

/**
 * A connection of which an event loop, on whatever engine, can serve the end that reads.
 *
 * @param source the end that is to be served; it does not block
 * @param sink what is written here can be read there
 */
public record LoopPipe(SocketChannel source, Socket sink) implements Closeable {

	public static LoopPipe open(EventLoop loop) throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			SocketChannel source = loop.provider().openSocketChannel();
			source.configureBlocking(false);
			source.connect(server.getLocalSocketAddress());
			Socket sink = server.accept();
			while (!source.finishConnect()) {
				Thread.onSpinWait();
			}
			return new LoopPipe(source, sink);
		}
	}

	public void write(int value) throws IOException {
		this.sink.getOutputStream().write(value);
	}

	@Override
	public void close() throws IOException {
		this.source.close();
		this.sink.close();
	}

}

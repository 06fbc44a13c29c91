package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens connections, a few at a time, and keeps them: one is open when a message on it
 * was answered.
 */
public final class AcceptLoad implements AutoCloseable {

	private static final int AT_A_TIME = 64;

	private static final long TIMEOUT_NANOS = 60_000_000_000L;

	private final int port;

	private final Selector selector;

	private final List<SocketChannel> channels = new ArrayList<>();

	private final Messages messages = new Messages(1);

	private final ByteBuffer input = ByteBuffer.allocateDirect(Shape.MESSAGE_BYTES);

	private int answered;

	/**
	 * Creates a load without connections.
	 * @param port where the server listens, on this machine
	 * @throws IOException when that fails
	 */
	public AcceptLoad(int port) throws IOException {
		this.port = port;
		this.selector = Selector.open();
	}

	/**
	 * Opens connections.
	 * @param count how many more
	 * @return how long it took, in seconds
	 * @throws IOException when one is refused, or it takes too long
	 */
	public double open(int count) throws IOException {
		long start = System.nanoTime();
		int all = this.answered + count;
		while (this.answered < all) {
			while (this.channels.size() < all && this.channels.size() - this.answered < AT_A_TIME) {
				connect();
			}
			this.selector.select(100);
			for (SelectionKey key : this.selector.selectedKeys()) {
				serve(key);
			}
			this.selector.selectedKeys().clear();
			if (System.nanoTime() - start > TIMEOUT_NANOS) {
				throw new IOException("Only " + this.answered + " connections were answered");
			}
		}
		return (System.nanoTime() - start) / 1e9;
	}

	private void connect() throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		Clients.prepare(channel);
		if (channel.connect(Clients.server(this.port))) {
			begin(channel.register(this.selector, 0));
		}
		else {
			channel.register(this.selector, SelectionKey.OP_CONNECT);
		}
	}

	private void begin(SelectionKey key) throws IOException {
		key.interestOps(SelectionKey.OP_READ);
		((SocketChannel) key.channel()).write(this.messages.take(1));
	}

	private void serve(SelectionKey key) throws IOException {
		SocketChannel channel = (SocketChannel) key.channel();
		if (key.isConnectable()) {
			channel.finishConnect();
			begin(key);
			return;
		}
		int count = channel.read(this.input.clear());
		if (count != Shape.MESSAGE_BYTES) {
			throw new IOException("An answer of " + count + " bytes");
		}
		this.answered++;
		key.cancel();
	}

	@Override
	public void close() throws IOException {
		Clients.close(this.channels);
		this.selector.close();
	}

}

package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.BatchedSocket;

/**
 * Sends bytes over the loopback and back, and waits ten seconds for them at most.
 */
final class SelfTest implements AutoCloseable {

	private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

	private static final byte[] BYTES = { 's', 'o', 'c', 'k', 'e', 't', 's', 0, -1 };

	private final long began = System.nanoTime();

	private final Selector selector;

	private final ServerSocketChannel server;

	private final SocketChannel client;

	private @Nullable SocketChannel accepted;

	private SelfTest(SelectorProvider provider) throws IOException {
		this.selector = provider.openSelector();
		this.server = provider.openServerSocketChannel();
		this.client = provider.openSocketChannel();
	}

	/**
	 * Tries out what a provider opens.
	 * @param provider what is tried
	 * @throws IOException when it fails, or nothing comes
	 */
	static void run(SelectorProvider provider) throws IOException {
		try (SelfTest test = new SelfTest(provider)) {
			test.run();
		}
	}

	private void run() throws IOException {
		this.server.configureBlocking(false);
		this.client.configureBlocking(false);
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		SocketChannel accepted = connect();
		this.accepted = accepted;
		accepted.configureBlocking(false);
		pass(this.client, accepted);
		pass(accepted, this.client);
	}

	private SocketChannel connect() throws IOException {
		boolean connected = this.client.connect(this.server.getLocalAddress());
		if (!connected) {
			await(this.client, SelectionKey.OP_CONNECT);
			this.client.finishConnect();
		}
		while (true) {
			await(this.server, SelectionKey.OP_ACCEPT);
			SocketChannel accepted = this.server.accept();
			if (accepted != null) {
				if (accepted.getRemoteAddress().equals(this.client.getLocalAddress())) {
					return accepted;
				}
				accepted.close();
			}
		}
	}

	private void pass(SocketChannel from, SocketChannel to) throws IOException {
		if (((BatchedSocket) from).writeBatched(ByteBuffer.wrap(BYTES)) != BYTES.length) {
			throw new IOException("nothing was sent");
		}
		ByteBuffer received = ByteBuffer.allocateDirect(BYTES.length);
		while (received.hasRemaining()) {
			await(to, SelectionKey.OP_READ);
			if (to.read(received) < 0) {
				throw new IOException("the connection was closed");
			}
		}
		if (!received.flip().equals(ByteBuffer.wrap(BYTES))) {
			throw new IOException("other bytes came than were sent");
		}
	}

	private void await(SelectableChannel channel, int operation) throws IOException {
		SelectionKey key = channel.keyFor(this.selector);
		if (key == null) {
			key = channel.register(this.selector, operation);
		}
		else {
			key.interestOps(operation);
		}
		SelectionKey awaited = key;
		boolean[] ready = new boolean[1];
		while (!ready[0]) {
			long left = LONGEST - (System.nanoTime() - this.began);
			if (left <= 0) {
				throw new SocketTimeoutException("nothing came within ten seconds");
			}
			this.selector.select((one) -> ready[0] |= one == awaited, TimeUnit.NANOSECONDS.toMillis(left) + 1);
		}
		key.interestOps(0);
	}

	@Override
	@SuppressWarnings("try")
	public void close() throws IOException {
		try (this.selector; this.server; this.client; SocketChannel last = this.accepted) {
			// Closing is all
		}
	}

}

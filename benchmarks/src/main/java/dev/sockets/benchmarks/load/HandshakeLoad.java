package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Opens connections by TLS, a few at a time: one is open when a message on it was
 * answered, as the server may learn of the end of a handshake later than the client.
 */
public final class HandshakeLoad implements AutoCloseable {

	private static final long SILENCE_NANOS = 20_000_000_000L;

	private static final int INPUT_BYTES = 32 * 1024;

	private final int port;

	private final int atATime;

	private final Selector selector;

	private final TlsLayer tls = new TlsLayer();

	private final List<SocketChannel> kept = new ArrayList<>();

	private final Messages messages = new Messages(1);

	private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);

	private Histogram latency = new Histogram(3);

	private int opening;

	private int opened;

	private boolean keeps;

	/**
	 * Creates a load without connections.
	 * @param port where the server listens, on this machine
	 * @param atATime how many handshakes are under way at a time
	 * @throws IOException when that fails
	 */
	public HandshakeLoad(int port, int atATime) throws IOException {
		this.port = port;
		this.atATime = atATime;
		this.selector = Selector.open();
	}

	/**
	 * Opens connections, and closes each at once.
	 * @param time for how long
	 * @return how many were opened, and how long each took
	 * @throws IOException when one is refused, or the server is silent
	 */
	public LoadResult run(Duration time) throws IOException {
		this.latency = new Histogram(3);
		this.keeps = false;
		int before = this.opened;
		long start = System.nanoTime();
		long now = start;
		while (now - start < time.toNanos()) {
			serve(Integer.MAX_VALUE);
			now = System.nanoTime();
		}
		int count = this.opened - before;
		return new LoadResult(count, (now - start) / 1e9, this.latency, 0);
	}

	/**
	 * Opens connections that stay open, until this is closed.
	 * @param count how many
	 * @throws IOException when one is refused, or the server is silent
	 */
	public void keep(int count) throws IOException {
		this.keeps = true;
		int all = this.opened + count;
		while (this.opened < all) {
			serve(all);
		}
	}

	private void serve(int most) throws IOException {
		while (this.opening < this.atATime && this.opened + this.opening < most) {
			connect();
		}
		if (this.selector.select(SILENCE_NANOS / 1_000_000) == 0) {
			throw new IOException("The server is silent after " + this.opened + " connections");
		}
		for (SelectionKey key : this.selector.selectedKeys()) {
			serve(key);
		}
		this.selector.selectedKeys().clear();
	}

	private void connect() throws IOException {
		this.opening++;
		SocketChannel channel = SocketChannel.open();
		Clients.prepare(channel);
		Opening opening = new Opening(channel, this.tls.of(channel), System.nanoTime());
		if (channel.connect(Clients.server(this.port))) {
			channel.register(this.selector, SelectionKey.OP_READ, opening);
			opening.secured.begin();
		}
		else {
			channel.register(this.selector, SelectionKey.OP_CONNECT, opening);
		}
	}

	private void serve(SelectionKey key) throws IOException {
		Opening opening = (Opening) key.attachment();
		if (key.isConnectable()) {
			opening.channel.finishConnect();
			key.interestOps(SelectionKey.OP_READ);
			opening.secured.begin();
		}
		else if (!opening.asked) {
			if (opening.secured.shakeHands()) {
				opening.asked = true;
				opening.secured.write(this.messages.take(1));
			}
		}
		else {
			int count = opening.secured.read(this.input.clear());
			if (count == Shape.MESSAGE_BYTES) {
				answered(key, opening);
			}
			else if (count != 0) {
				throw new IOException("An answer of " + count + " bytes");
			}
		}
	}

	private void answered(SelectionKey key, Opening opening) throws IOException {
		this.opening--;
		this.opened++;
		this.latency.recordValue(System.nanoTime() - opening.since);
		key.cancel();
		if (this.keeps) {
			opening.secured.forget();
			this.kept.add(opening.channel);
		}
		else {
			opening.secured.close();
		}
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			if (key.isValid()) {
				((Opening) key.attachment()).secured.close();
			}
		}
		Clients.close(this.kept);
		this.selector.close();
	}

	private static final class Opening {

		final SocketChannel channel;

		final TlsChannel secured;

		final long since;

		boolean asked;

		Opening(SocketChannel channel, TlsChannel secured, long since) {
			this.channel = channel;
			this.secured = secured;
			this.since = since;
		}

	}

}

package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Connections that all receive what one of them asks for. A few broadcasts are on the way
 * at a time; the next is asked for when all have received the oldest.
 */
public final class BroadcastLoad implements AutoCloseable {

	private static final int AT_A_TIME = 4;

	private static final int MESSAGE_BYTES = 1024;

	private static final int READ_BYTES = 64 * 1024;

	private static final long SETTLE_MILLIS = 300;

	private static final long SILENCE_NANOS = 10_000_000_000L;

	private final List<SocketChannel> channels;

	private final Selector selector;

	private final Messages messages = new Messages(1);

	private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);

	private long received;

	private long asked;

	/**
	 * Opens connections.
	 * @param port where the server listens, on this machine
	 * @param connections how many
	 * @throws IOException when one is refused
	 */
	public BroadcastLoad(int port, int connections) throws IOException {
		this.channels = Clients.connect(port, connections);
		this.selector = Selector.open();
		for (SocketChannel channel : this.channels) {
			channel.register(this.selector, SelectionKey.OP_READ);
		}
	}

	/**
	 * Waits until the server knows all connections, so that all receive the same.
	 * @throws IOException when that takes too long
	 */
	public void settle() throws IOException {
		long start = System.nanoTime();
		while (this.received != (long) MESSAGE_BYTES * this.channels.size()) {
			if (System.nanoTime() - start > SILENCE_NANOS) {
				throw new IOException("Not all connections receive what is broadcast");
			}
			this.received = 0;
			ask();
			while (this.selector.select(SETTLE_MILLIS) > 0) {
				receive();
			}
		}
		this.received = 0;
	}

	/**
	 * Asks for broadcasts for some time.
	 * @param duration how long
	 * @return what all connections together have received
	 * @throws IOException when the server closes a connection or sends nothing
	 */
	public Deliveries run(Duration duration) throws IOException {
		long start = System.nanoTime();
		long before = this.received;
		long lastReceived = start;
		long now = start;
		while (now - start < duration.toNanos()) {
			long complete = this.received / MESSAGE_BYTES / this.channels.size();
			while (this.asked - complete < AT_A_TIME) {
				this.asked++;
				ask();
			}
			long soFar = this.received;
			this.selector.select(100);
			receive();
			now = System.nanoTime();
			lastReceived = (this.received > soFar) ? now : lastReceived;
			if (now - lastReceived > SILENCE_NANOS) {
				throw new IOException("Nothing was received for " + SILENCE_NANOS / 1_000_000_000 + " s");
			}
		}
		return new Deliveries((this.received - before) / (double) MESSAGE_BYTES, (now - start) / 1e9);
	}

	private void ask() throws IOException {
		this.channels.get(0).write(this.messages.take(1));
	}

	private void receive() throws IOException {
		for (SelectionKey key : this.selector.selectedKeys()) {
			receive((SocketChannel) key.channel());
		}
		this.selector.selectedKeys().clear();
	}

	private void receive(SocketChannel channel) throws IOException {
		int count = channel.read(this.input.clear());
		if (count < 0) {
			throw new IOException("The server has closed a connection");
		}
		this.received += count;
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		Clients.close(this.channels);
	}

	/**
	 * What was received.
	 *
	 * @param messages how many messages
	 * @param seconds for how long
	 */
	public record Deliveries(double messages, double seconds) {

		/**
		 * Returns the rate.
		 * @return messages a second
		 */
		public double rate() {
			return this.messages / this.seconds;
		}

	}

}

package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Keeps a number of messages in flight on each connection: an answer is followed by the
 * next message at once. One thread.
 */
public final class ClosedLoop {

	private static final int READ_BYTES = 256 * 1024;

	private static final long SELECT_MILLIS = 100;

	private static final long SILENCE_NANOS = 20_000_000_000L;

	private static final long MOST_NANOS = 60_000_000_000L;

	private final Shape shape;

	private final Messages messages;

	private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);

	private final List<Client> clients = new ArrayList<>();

	private final Histogram latency = new Histogram(MOST_NANOS, 3);

	private long lastAnswer;

	private ClosedLoop(Shape shape) {
		this.shape = shape;
		this.messages = new Messages(shape.depth());
	}

	/**
	 * Runs a load.
	 * @param port where the server listens, on this machine
	 * @param shape the load
	 * @param period how long
	 * @return what was measured
	 * @throws IOException when the server refuses, closes, answers something else or
	 * nothing
	 */
	public static LoadResult run(int port, Shape shape, Period period) throws IOException {
		Probe none = () -> {
		};
		return run(port, shape, period, Layer.PLAIN, none, none);
	}

	/**
	 * Runs a load.
	 * @param port where the server listens, on this machine
	 * @param shape the load
	 * @param period how long
	 * @param layer what is spoken over the sockets
	 * @param atStart called when the warm-up is over
	 * @param atEnd called while all connections are still open and busy
	 * @return what was measured
	 * @throws IOException when the server refuses, closes, answers something else or
	 * nothing, or a probe fails
	 */
	public static LoadResult run(int port, Shape shape, Period period, Layer layer, Probe atStart, Probe atEnd)
			throws IOException {
		List<SocketChannel> channels = Clients.connect(port, shape.connections());
		try (Selector selector = Selector.open()) {
			ClosedLoop load = new ClosedLoop(shape);
			load.begin(channels, layer, selector);
			load.serve(selector, period.warmUp().toNanos());
			atStart.take();
			load.latency.reset();
			LoadResult result = load.measure(selector, period.measured().toNanos());
			atEnd.take();
			return result;
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		finally {
			Clients.close(channels);
		}
	}

	private void begin(List<SocketChannel> channels, Layer layer, Selector selector) throws IOException {
		for (SocketChannel channel : channels) {
			Client client = new Client(layer.over(channel), this.shape.depth());
			this.clients.add(client);
			channel.register(selector, SelectionKey.OP_READ, client);
			send(client, this.shape.depth(), System.nanoTime());
		}
	}

	private LoadResult measure(Selector selector, long nanos) throws IOException {
		long before = answers();
		long[] each = this.clients.stream().mapToLong((client) -> client.answers).toArray();
		double seconds = serve(selector, nanos) / 1e9;
		long fewest = Long.MAX_VALUE;
		for (int i = 0; i < each.length; i++) {
			fewest = Math.min(fewest, this.clients.get(i).answers - each[i]);
		}
		return new LoadResult(answers() - before, seconds, this.latency, fewest);
	}

	private long answers() {
		return this.clients.stream().mapToLong((client) -> client.answers).sum();
	}

	/** Returns how long it took, which is a little more than asked for. */
	private long serve(Selector selector, long nanos) throws IOException {
		long start = System.nanoTime();
		this.lastAnswer = start;
		long now = start;
		while (now - start < nanos) {
			selector.select(this::serve, SELECT_MILLIS);
			now = System.nanoTime();
			if (now - this.lastAnswer > SILENCE_NANOS) {
				throw new IOException("No answer for " + SILENCE_NANOS / 1_000_000_000 + " s");
			}
		}
		return now - start;
	}

	private void serve(SelectionKey key) {
		try {
			serve((Client) key.attachment());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve(Client client) throws IOException {
		int count = client.channel.read(this.input.clear());
		if (count < 0) {
			throw new IOException("The server has closed a connection");
		}
		long now = System.nanoTime();
		int bytes = client.partial + count;
		int complete = bytes / Shape.MESSAGE_BYTES;
		client.partial = bytes % Shape.MESSAGE_BYTES;
		if (complete == 0) {
			return;
		}
		if (this.input.get(count - client.partial - 1) != '\n') {
			throw new IOException("The server has answered something else");
		}
		this.lastAnswer = now;
		client.answered(complete, now, this.latency);
		send(client, complete, now);
	}

	private void send(Client client, int count, long now) throws IOException {
		client.sent(count, now);
		ByteBuffer output = this.messages.take(count);
		client.channel.write(output);
		if (output.hasRemaining()) {
			throw new IOException("The socket takes less than what is in flight");
		}
	}

}

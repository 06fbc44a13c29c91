package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Sends messages at a constant rate, on one connection after the other, whether they are
 * answered or not. The latency counts from when a message was due, so a server that stops
 * for a moment pays for all the messages due in it.
 */
public final class OpenLoop {

	private static final int READ_BYTES = 64 * 1024;

	private static final int MOST_IN_FLIGHT = 1024;

	private static final long MOST_NANOS = 60_000_000_000L;

	private final List<Client> clients = new ArrayList<>();

	private final Messages messages = new Messages(1);

	private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);

	private final Histogram latency = new Histogram(MOST_NANOS, 3);

	private final double nanosPerMessage;

	private long sent;

	private OpenLoop(int rate) {
		this.nanosPerMessage = 1e9 / rate;
	}

	/**
	 * Runs a load.
	 * @param port where the server listens, on this machine
	 * @param connections how many connections
	 * @param rate messages a second, on all of them together
	 * @param period how long
	 * @param atStart called when the warm-up is over
	 * @param atEnd called while all connections are still open
	 * @return what was measured
	 * @throws IOException when the server refuses, closes or does not keep up, or a probe
	 * fails
	 */
	public static LoadResult run(int port, int connections, int rate, Period period, Probe atStart, Probe atEnd)
			throws IOException {
		List<SocketChannel> channels = Clients.connect(port, connections);
		try (Selector selector = Selector.open()) {
			OpenLoop load = new OpenLoop(rate);
			for (SocketChannel channel : channels) {
				Client client = new Client(channel, MOST_IN_FLIGHT);
				load.clients.add(client);
				channel.register(selector, SelectionKey.OP_READ, client);
			}
			load.serve(selector, period.warmUp().toNanos());
			atStart.take();
			load.latency.reset();
			long before = load.answers();
			double seconds = load.serve(selector, period.measured().toNanos()) / 1e9;
			atEnd.take();
			return new LoadResult(load.answers() - before, seconds, load.latency, 0);
		}
		finally {
			Clients.close(channels);
		}
	}

	private long answers() {
		return this.clients.stream().mapToLong((client) -> client.answers).sum();
	}

	private long serve(Selector selector, long nanos) throws IOException {
		long start = System.nanoTime();
		long before = this.sent;
		long now = start;
		while (now - start < nanos) {
			selector.selectNow();
			for (SelectionKey key : selector.selectedKeys()) {
				receive((Client) key.attachment());
			}
			selector.selectedKeys().clear();
			now = System.nanoTime();
			long due;
			while ((due = start + (long) ((this.sent - before) * this.nanosPerMessage)) - now <= 0) {
				send(due);
			}
		}
		return now - start;
	}

	private void receive(Client client) throws IOException {
		int count = client.channel.read(this.input.clear());
		if (count < 0) {
			throw new IOException("The server has closed a connection");
		}
		int bytes = client.partial + count;
		client.partial = bytes % Shape.MESSAGE_BYTES;
		client.answered(bytes / Shape.MESSAGE_BYTES, System.nanoTime(), this.latency);
	}

	private void send(long due) throws IOException {
		Client client = this.clients.get((int) (this.sent++ % this.clients.size()));
		if (client.inFlight() == MOST_IN_FLIGHT) {
			throw new IOException("The server does not keep up");
		}
		client.sent(1, due);
		client.channel.write(this.messages.take(1));
	}

}

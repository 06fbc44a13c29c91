package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import dev.sockets.benchmarks.server.NodeSender;

/**
 * Connections that listen, and the thread that reads them. Lines of one length begin with
 * when they were due, as {@link NodeSender} says; that of the first connection is looked
 * at.
 */
public final class Listeners implements AutoCloseable {

	private static final int READ_BYTES = 256 * 1024;

	private static final long MOST_NANOS = 60_000_000_000L;

	private final List<SocketChannel> channels;

	private final Selector selector;

	private final int lineBytes;

	private final ByteBuffer input = ByteBuffer.allocate(READ_BYTES);

	private final ByteBuffer line;

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong disordered = new AtomicLong();

	private final Histogram latency = new ConcurrentHistogram(MOST_NANOS, 3);

	private volatile long last;

	private volatile boolean closed;

	private final Thread thread = new Thread(this::read, "listeners");

	/**
	 * Opens connections.
	 * @param port of their server on this machine
	 * @param connections how many, at least one
	 * @param lineBytes length of a line with its end
	 * @throws IOException when one is refused
	 */
	public Listeners(int port, int connections, int lineBytes) throws IOException {
		this.channels = new ArrayList<>(Clients.connect(port, connections));
		this.selector = Selector.open();
		this.lineBytes = lineBytes;
		this.line = ByteBuffer.allocate(lineBytes);
		for (SocketChannel channel : this.channels) {
			channel.register(this.selector, SelectionKey.OP_READ, channel == this.channels.get(0));
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Returns how many lines each connection has got, on average.
	 * @return lines
	 */
	public double received() {
		return this.bytes.get() / (double) this.lineBytes / this.channels.size();
	}

	/**
	 * Returns how many lines the first connection has got that are not younger than the
	 * one before.
	 * @return lines out of order, or twice
	 */
	public long disordered() {
		return this.disordered.get();
	}

	/**
	 * Returns when the line was due that the first connection has got last.
	 * @return as {@code System.nanoTime()}
	 */
	public long lastDueAt() {
		return NodeSender.dueAt(this.last);
	}

	/**
	 * Returns how late lines have come to the first connection, from now on anew.
	 * @return nanoseconds
	 */
	public Histogram latency() {
		return this.latency;
	}

	private void read() {
		try {
			while (!this.closed) {
				this.selector.select();
				for (SelectionKey key : this.selector.selectedKeys()) {
					read((SocketChannel) key.channel(), Boolean.TRUE.equals(key.attachment()));
				}
				this.selector.selectedKeys().clear();
			}
		}
		catch (IOException ex) {
			// what does not come any more is missed
		}
	}

	private void read(SocketChannel channel, boolean first) throws IOException {
		int count = channel.read(this.input.clear());
		if (count < 0) {
			throw new IOException("The server has closed a connection");
		}
		this.bytes.addAndGet(count);
		if (first) {
			look(this.input.flip(), System.nanoTime());
		}
	}

	private void look(ByteBuffer came, long now) {
		while (came.hasRemaining()) {
			this.line.put(came.get());
			if (!this.line.hasRemaining()) {
				look(now);
				this.line.clear();
			}
		}
	}

	private void look(long now) {
		long number = 0;
		for (int i = 0; i < NodeSender.DIGITS; i++) {
			number = 10 * number + this.line.get(i) - '0';
		}
		if (number <= this.last) {
			this.disordered.incrementAndGet();
		}
		this.last = number;
		this.latency.recordValue(Math.min(MOST_NANOS, Math.max(0, now - NodeSender.dueAt(number))));
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		this.selector.wakeup();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.selector.close();
		Clients.close(this.channels);
	}

}

package dev.sockets.loop.tls;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;
import dev.sockets.loop.stream.Transport;

/**
 * One side of a connection in memory, which gives and takes as many bytes at a time as a
 * test tells it to. For one thread.
 */
final class MemoryTransport implements Transport {

	final Queue<Byte> sent = new ArrayDeque<>();

	/** How many bytes are given by one read at most. */
	int chunk = Integer.MAX_VALUE;

	/** How many bytes are taken before the peer reads again. */
	int room = Integer.MAX_VALUE;

	/** How many writes have taken something. */
	int writes;

	boolean outputFinished;

	boolean open = true;

	private @Nullable MemoryTransport peer;

	/** Connects two sides. */
	static MemoryTransport[] pair() {
		MemoryTransport one = new MemoryTransport();
		MemoryTransport other = new MemoryTransport();
		one.peer = other;
		other.peer = one;
		return new MemoryTransport[] { one, other };
	}

	private MemoryTransport peer() {
		MemoryTransport peer = this.peer;
		if (peer == null) {
			throw new IllegalStateException();
		}
		return peer;
	}

	/** Bytes come from the peer that it has not sent. */
	void receive(byte[] bytes) {
		for (byte each : bytes) {
			peer().sent.add(each);
		}
	}

	/** Takes what was sent from the way to the peer. */
	byte[] take() {
		byte[] bytes = new byte[this.sent.size()];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = this.sent.remove();
		}
		return bytes;
	}

	@Override
	public int read(ByteBuffer bytes) {
		int count = 0;
		while (count < this.chunk && bytes.hasRemaining() && !peer().sent.isEmpty()) {
			bytes.put(peer().sent.remove());
			count++;
		}
		return (count == 0 && peer().outputFinished) ? -1 : count;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		if (!this.open || this.outputFinished) {
			throw new IOException("closed");
		}
		int count = 0;
		while (count < this.room && bytes.hasRemaining()) {
			this.sent.add(bytes.get());
			count++;
		}
		this.room -= count;
		this.writes += (count > 0) ? 1 : 0;
		return count;
	}

	@Override
	public long write(ByteBuffer[] bytes) throws IOException {
		long count = 0;
		for (ByteBuffer each : bytes) {
			count += write(each);
		}
		return count;
	}

	@Override
	public void finishOutput() {
		this.outputFinished = true;
	}

	@Override
	public void close() {
		this.open = false;
		this.outputFinished = true;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isConnected() {
		return true;
	}

	@Override
	public void register(Registration registration, int operations) {
	}

	@Override
	public boolean connect(SocketAddress address) {
		return true;
	}

	@Override
	public boolean finishConnect() {
		return true;
	}

	@Override
	public Socket socket() {
		return new Socket();
	}

}

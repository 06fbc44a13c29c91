package dev.sockets.loop.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;

/**
 * A transport that takes, gives and fails as a test tells it to.
 */
final class ScriptedTransport implements Transport {

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();

	final Queue<String> input = new ConcurrentLinkedQueue<>();

	volatile int room = Integer.MAX_VALUE;

	volatile @Nullable IOException failure;

	/** Of what is batched, that was taken and not sent. */
	volatile int held;

	volatile Runnable onWrite = () -> {
	};

	volatile boolean open = true;

	volatile boolean outputFinished;

	volatile boolean inputEnded;

	volatile boolean connected = true;

	synchronized String written() {
		return this.written.toString(StandardCharsets.US_ASCII);
	}

	@Override
	public void register(Registration registration, int operations) {
	}

	@Override
	public boolean connect(SocketAddress address) {
		return this.connected;
	}

	@Override
	public boolean finishConnect() {
		return this.connected;
	}

	@Override
	public int read(ByteBuffer bytes) throws IOException {
		failIfTold();
		String next = this.input.poll();
		if (next == null) {
			return this.inputEnded ? -1 : 0;
		}
		bytes.put(next.getBytes(StandardCharsets.US_ASCII));
		return next.length();
	}

	@Override
	public synchronized int write(ByteBuffer bytes) throws IOException {
		failIfTold();
		this.onWrite.run();
		int count = Math.min(bytes.remaining(), this.room);
		for (int i = 0; i < count; i++) {
			this.written.write(bytes.get());
		}
		this.room -= count;
		return count;
	}

	/** Takes all of it whatever room there is, and holds what there is none for. */
	@Override
	public synchronized int writeBatched(ByteBuffer bytes) throws IOException {
		int length = bytes.remaining();
		int room = this.room;
		this.room = Integer.MAX_VALUE;
		write(bytes);
		this.room = Math.max(0, room - length);
		this.held += Math.max(0, length - room);
		return length;
	}

	@Override
	public synchronized int sendHeld() throws IOException {
		failIfTold();
		int sent = Math.min(this.held, this.room);
		this.held -= sent;
		this.room -= sent;
		return this.held;
	}

	@Override
	public synchronized long write(ByteBuffer[] bytes) throws IOException {
		long count = 0;
		for (ByteBuffer each : bytes) {
			count += write(each);
		}
		return count;
	}

	private void failIfTold() throws IOException {
		IOException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
		if (!this.open) {
			throw new IOException("closed");
		}
	}

	@Override
	public void finishOutput() {
		this.outputFinished = true;
	}

	@Override
	public void close() {
		this.open = false;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isConnected() {
		return this.connected;
	}

	@Override
	public boolean hasBufferedInput() {
		return this.inputEnded || !this.input.isEmpty();
	}

	@Override
	public Socket socket() {
		return new Socket();
	}

}

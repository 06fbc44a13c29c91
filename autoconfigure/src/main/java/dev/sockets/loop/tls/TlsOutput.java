package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.Transport;

/**
 * The records of one connection on their way out: what is sent, and what TLS itself has
 * to say. Used by who writes and by who reads, so there is a lock.
 *
 * <p>
 * Bytes are reported as taken when the socket has taken their records. What it has not
 * taken is kept, and the last byte is reported then only when it has: so who writes comes
 * again.
 */
final class TlsOutput {

	private static final ByteBuffer[] NOTHING = { ByteBuffer.allocate(0) };

	/** TLS itself has less to say to a peer that takes it. */
	private static final int MOST_PENDING = 128 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final ByteBuffer[] single = new ByteBuffer[1];

	private final Transport below;

	private final HeldBytes held;

	private @Nullable SSLEngine engine;

	/** Records that the socket has not taken. */
	private volatile @Nullable ByteBuffer pending;

	/** Whether the last byte of what was encrypted was not reported yet. */
	private boolean owed;

	private boolean finishing;

	TlsOutput(Transport below, HeldBytes held) {
		this.below = below;
		this.held = held;
	}

	void begin(SSLEngine engine) {
		this.engine = engine;
	}

	/**
	 * Returns whether who reads is to come again when the socket can be written to.
	 * @return whether records wait
	 */
	boolean waitsForSocket() {
		return this.pending != null;
	}

	int write(ByteBuffer bytes) throws IOException {
		this.lock.lock();
		try {
			this.single[0] = bytes;
			return (int) writeAll(this.single);
		}
		finally {
			this.single[0] = NOTHING[0];
			this.lock.unlock();
		}
	}

	long write(ByteBuffer[] bytes) throws IOException {
		this.lock.lock();
		try {
			return writeAll(bytes);
		}
		finally {
			this.lock.unlock();
		}
	}

	private long writeAll(ByteBuffer[] bytes) throws IOException {
		long before = remaining(bytes);
		if (!flushPending() || before == 0) {
			return 0;
		}
		if (this.owed) {
			this.owed = false;
			ByteBuffer first = bytes[first(bytes, 0)];
			first.position(first.position() + 1);
		}
		SSLEngine engine = this.engine;
		if (engine != null) {
			TlsBuffers buffers = TlsBuffers.take();
			try {
				encrypt(engine, bytes, buffers.output);
			}
			finally {
				buffers.giveBack();
			}
		}
		return before - remaining(bytes);
	}

	private void encrypt(SSLEngine engine, ByteBuffer[] bytes, ByteBuffer output) throws IOException {
		int record = engine.getSession().getPacketBufferSize();
		int[] starts = positions(bytes);
		int first = first(bytes, 0);
		while (first < bytes.length) {
			output.clear();
			do {
				SSLEngineResult result = engine.wrap(bytes, first, bytes.length - first, output);
				if (result.getStatus() == Status.CLOSED) {
					throw new ClosedChannelException();
				}
				if (result.bytesProduced() == 0) {
					throw new SSLException("Nothing can be encrypted: " + result.getHandshakeStatus());
				}
				first = first(bytes, first);
			}
			while (first < bytes.length && output.remaining() >= record);
			this.below.write(output.flip());
			if (output.hasRemaining()) {
				keep(output);
				takeBackOne(bytes, starts);
				this.owed = true;
				return;
			}
		}
	}

	private static int first(ByteBuffer[] bytes, int from) {
		int first = from;
		while (first < bytes.length && !bytes[first].hasRemaining()) {
			first++;
		}
		return first;
	}

	private static int[] positions(ByteBuffer[] bytes) {
		int[] positions = new int[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			positions[i] = bytes[i].position();
		}
		return positions;
	}

	private static void takeBackOne(ByteBuffer[] bytes, int[] starts) {
		int last = bytes.length - 1;
		while (bytes[last].position() == starts[last]) {
			last--;
		}
		bytes[last].position(bytes[last].position() - 1);
	}

	private static long remaining(ByteBuffer[] bytes) {
		long count = 0;
		for (ByteBuffer each : bytes) {
			count += each.remaining();
		}
		return count;
	}

	/**
	 * Sends what TLS itself has to say.
	 * @param buffers the calling thread's
	 */
	void sendOwn(SSLEngine engine, TlsBuffers buffers) throws IOException {
		this.lock.lock();
		try {
			wrapOwn(engine, buffers.output.clear());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void wrapOwn(SSLEngine engine, ByteBuffer output) throws IOException {
		int record = engine.getSession().getPacketBufferSize();
		while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && output.remaining() >= record) {
			if (engine.wrap(NOTHING, output).bytesProduced() == 0) {
				break;
			}
		}
		output.flip();
		if (flushPending()) {
			this.below.write(output);
		}
		if (output.hasRemaining()) {
			keep(output);
		}
	}

	/**
	 * Writes records that wait.
	 * @return whether none does any more
	 */
	boolean flush() throws IOException {
		if (this.pending == null) {
			return true;
		}
		this.lock.lock();
		try {
			return flushPending();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean flushPending() throws IOException {
		ByteBuffer pending = this.pending;
		if (pending != null) {
			this.below.write(pending);
			if (pending.hasRemaining()) {
				return false;
			}
			this.held.add(-pending.capacity());
			this.pending = null;
			if (this.finishing) {
				this.below.finishOutput();
			}
		}
		return true;
	}

	private void keep(ByteBuffer output) throws IOException {
		ByteBuffer before = this.pending;
		int length = output.remaining() + ((before != null) ? before.remaining() : 0);
		if (length > MOST_PENDING) {
			throw new SSLException("The peer takes nothing of what TLS has to say to it");
		}
		ByteBuffer kept = ByteBuffer.allocate(length);
		if (before != null) {
			kept.put(before);
			this.held.add(-before.capacity());
		}
		this.pending = kept.put(output).flip();
		this.held.add(length);
	}

	/** Says that nothing more will be sent, or why: as soon as the socket takes it. */
	void finish() throws IOException {
		this.lock.lock();
		try {
			this.finishing = true;
			SSLEngine engine = this.engine;
			if (engine != null && !engine.isOutboundDone()) {
				engine.closeOutbound();
				TlsBuffers buffers = TlsBuffers.take();
				try {
					wrapOwn(engine, buffers.output.clear());
				}
				finally {
					buffers.giveBack();
				}
			}
			if (this.pending == null) {
				this.below.finishOutput();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}

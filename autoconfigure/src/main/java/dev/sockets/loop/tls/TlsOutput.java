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

	private final ReentrantLock lock = new ReentrantLock();

	private final PendingRecords pending;

	private @Nullable SSLEngine engine;

	/** Whether the last byte of what was encrypted was not reported yet. */
	private boolean owed;

	TlsOutput(Transport below, HeldBytes held) {
		this.pending = new PendingRecords(below, held);
	}

	void begin(SSLEngine engine) {
		this.engine = engine;
	}

	/**
	 * Returns whether who reads is to come again when the socket can be written to.
	 * @return whether records wait
	 */
	boolean waitsForSocket() {
		return !this.pending.isEmpty();
	}

	int write(ByteBuffer bytes) throws IOException {
		return write(bytes, false);
	}

	int writeBatched(ByteBuffer bytes) throws IOException {
		return write(bytes, true);
	}

	private int write(ByteBuffer bytes, boolean batched) throws IOException {
		TlsBuffers buffers = TlsBuffers.take();
		buffers.single[0] = bytes;
		try {
			return (int) write(buffers.single, buffers.output, batched);
		}
		finally {
			buffers.single[0] = NOTHING[0];
			buffers.giveBack();
		}
	}

	long write(ByteBuffer[] bytes) throws IOException {
		TlsBuffers buffers = TlsBuffers.take();
		try {
			return write(bytes, buffers.output, false);
		}
		finally {
			buffers.giveBack();
		}
	}

	private long write(ByteBuffer[] bytes, ByteBuffer records, boolean batched) throws IOException {
		this.lock.lock();
		try {
			return writeAll(bytes, records, batched);
		}
		finally {
			this.lock.unlock();
		}
	}

	private long writeAll(ByteBuffer[] bytes, ByteBuffer records, boolean batched) throws IOException {
		long before = GatheredBytes.remaining(bytes);
		if (!this.pending.flush() || before == 0) {
			return 0;
		}
		if (this.owed) {
			this.owed = false;
			ByteBuffer first = bytes[GatheredBytes.first(bytes, 0)];
			first.position(first.position() + 1);
		}
		SSLEngine engine = this.engine;
		if (engine != null) {
			encrypt(engine, bytes, records, batched);
		}
		return before - GatheredBytes.remaining(bytes);
	}

	private void encrypt(SSLEngine engine, ByteBuffer[] bytes, ByteBuffer output, boolean batched) throws IOException {
		int record = engine.getSession().getPacketBufferSize();
		int[] starts = GatheredBytes.positions(bytes);
		int first = GatheredBytes.first(bytes, 0);
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
				first = GatheredBytes.first(bytes, first);
			}
			while (first < bytes.length && output.remaining() >= record);
			if (!this.pending.write(output.flip(), batched)) {
				GatheredBytes.takeBackOne(bytes, starts);
				this.owed = true;
				return;
			}
		}
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
		this.pending.write(output.flip(), false);
	}

	/**
	 * Writes records that wait.
	 * @return whether none does any more
	 */
	boolean flush() throws IOException {
		if (this.pending.isEmpty()) {
			return true;
		}
		this.lock.lock();
		try {
			return this.pending.flush();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Says that nothing more will be sent, or why: as soon as the socket takes it. */
	void finish() throws IOException {
		this.lock.lock();
		try {
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
			this.pending.finish();
		}
		finally {
			this.lock.unlock();
		}
	}

}

package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * What one connection receives when its handshake is over: records in, plain bytes out.
 * Belongs to the reading thread; what it tells about itself is open to all.
 */
final class TlsInput {

	/** More records in a row that carry nothing are no accident. */
	private static final int MOST_EMPTY = 100;

	private final RecordInput records;

	private final PlainRest rest;

	private final TlsOutput output;

	private int empty;

	/** Whether the peer has said that nothing more comes. */
	private volatile boolean ended;

	private volatile boolean truncated;

	TlsInput(RecordInput records, TlsOutput output, HeldBytes held) {
		this.records = records;
		this.rest = new PlainRest(held);
		this.output = output;
	}

	boolean isTruncated() {
		return this.truncated;
	}

	/**
	 * Returns whether there is something to read although the socket has nothing.
	 * @return whether a record is complete, or a part of one was decrypted
	 */
	boolean hasBuffered() {
		return this.rest.isPresent() || this.ended || this.records.hasRecord();
	}

	/**
	 * Reads what is there.
	 * @param bytes where to put it
	 * @return how many bytes it were; negative when the peer has ended its side
	 */
	int read(SSLEngine engine, ByteBuffer bytes) throws IOException {
		if (this.rest.isPresent()) {
			return this.rest.take(bytes);
		}
		if (this.ended) {
			return -1;
		}
		int start = bytes.position();
		TlsBuffers buffers = TlsBuffers.take();
		try {
			if (this.records.load(buffers.input, Math.max(bytes.remaining(), TlsBuffers.LARGEST_RECORD))) {
				decrypt(engine, buffers, bytes);
			}
		}
		finally {
			buffers.giveBack();
		}
		int count = bytes.position() - start;
		if (count == 0 && this.records.hasEnded()) {
			this.truncated = true;
			return -1;
		}
		return (count == 0 && this.ended) ? -1 : count;
	}

	private void decrypt(SSLEngine engine, TlsBuffers buffers, ByteBuffer bytes) throws IOException {
		ByteBuffer input = buffers.input;
		int start = bytes.position();
		boolean goesOn = true;
		while (goesOn && input.hasRemaining() && !this.ended) {
			SSLEngineResult result = engine.unwrap(input, bytes);
			goesOn = switch (result.getStatus()) {
				case OK, CLOSED -> decrypted(engine, result, buffers);
				case BUFFER_UNDERFLOW -> {
					if (input.position() == 0) {
						throw Records.malformed();
					}
					yield false;
				}
				case BUFFER_OVERFLOW -> {
					if (bytes.position() == start) {
						decryptAside(engine, buffers, bytes);
					}
					yield false;
				}
			};
		}
		this.records.keep(input);
	}

	/** What comes has no room where it is to go, so what is left of it is kept. */
	private void decryptAside(SSLEngine engine, TlsBuffers buffers, ByteBuffer bytes) throws IOException {
		ByteBuffer plain = buffers.plain.clear();
		decrypted(engine, engine.unwrap(buffers.input, plain), buffers);
		this.rest.keep(plain.flip());
		this.rest.take(bytes);
	}

	private boolean decrypted(SSLEngine engine, SSLEngineResult result, TlsBuffers buffers) throws IOException {
		this.ended |= result.getStatus() == Status.CLOSED;
		this.empty = (result.bytesProduced() > 0) ? 0 : this.empty + 1;
		if (this.empty > MOST_EMPTY) {
			throw new SSLException("The peer sends records that carry nothing");
		}
		if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
			throw new SSLException("The peer wants to negotiate once more, which is not allowed");
		}
		if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
			this.output.sendOwn(engine, buffers);
		}
		return result.bytesConsumed() > 0;
	}

}

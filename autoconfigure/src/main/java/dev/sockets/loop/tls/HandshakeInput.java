package dev.sockets.loop.tls;

import java.io.IOException;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * The records of one connection until its handshake is over. Belongs to the reading
 * thread.
 */
final class HandshakeInput {

	private final RecordInput records;

	HandshakeInput(RecordInput records) {
		this.records = records;
	}

	/**
	 * Decrypts one record of the handshake.
	 * @param buffers the calling thread's
	 * @return {@code false} when it has to come first
	 */
	boolean decrypt(SSLEngine engine, TlsBuffers buffers) throws IOException {
		if (!load(buffers)) {
			return false;
		}
		SSLEngineResult result = engine.unwrap(buffers.input, buffers.plain.clear());
		this.records.keep(buffers.input);
		return switch (result.getStatus()) {
			case OK -> true;
			case CLOSED -> throw new TlsHandshakeException(TlsHandshakeException.Reason.ENDED);
			case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> throw Records.malformed();
		};
	}

	/**
	 * Has a look at the record that comes first.
	 * @param buffers the calling thread's; the record is in their input, and stays here
	 * @return {@code false} when it has to come first
	 */
	boolean peek(TlsBuffers buffers) throws IOException {
		if (!load(buffers)) {
			return false;
		}
		this.records.keep(buffers.input.duplicate());
		return true;
	}

	private boolean load(TlsBuffers buffers) throws IOException {
		boolean loaded = this.records.load(buffers.input, TlsBuffers.LARGEST_RECORD);
		if (loaded && !Records.isBegun(buffers.input.get(0))) {
			throw new TlsHandshakeException(TlsHandshakeException.Reason.PLAIN);
		}
		if (!loaded && this.records.hasEnded()) {
			throw new TlsHandshakeException(TlsHandshakeException.Reason.ENDED);
		}
		return loaded;
	}

}

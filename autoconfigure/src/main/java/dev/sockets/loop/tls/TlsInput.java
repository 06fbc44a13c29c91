package dev.sockets.loop.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.Transport;

/**
 * The records of one connection on their way in. Keeps nothing but a record that is not
 * complete, and what there was no room for. Belongs to the reading thread; what it tells
 * about itself is open to all.
 */
final class TlsInput {

	/** More records in a row that carry nothing are no accident. */
	private static final int MOST_EMPTY = 100;

	private static final int HEADER = 5;

	private static final byte[] NONE = {};

	private final Transport below;

	private final TlsOutput output;

	private final HeldBytes held;

	/** Bytes of records that were not decrypted, at the beginning of the array. */
	private byte[] rest = NONE;

	private int length;

	/** What was decrypted and has found no room. */
	private @Nullable ByteBuffer plain;

	private int empty;

	/** Whether the socket has ended. */
	private boolean socketEnded;

	/** Whether the peer has said that nothing more comes. */
	private volatile boolean ended;

	private volatile boolean truncated;

	TlsInput(Transport below, TlsOutput output, HeldBytes held) {
		this.below = below;
		this.output = output;
		this.held = held;
	}

	boolean isTruncated() {
		return this.truncated;
	}

	/**
	 * Returns whether there is something to read although the socket has nothing.
	 * @return whether a record is complete, or a part of one was decrypted
	 */
	boolean hasBuffered() {
		return this.plain != null || this.ended || (this.length > 0 && isComplete(this.length));
	}

	/**
	 * Reads what is there.
	 * @param bytes where to put it
	 * @return how many bytes it were; negative when the peer has ended its side
	 */
	int read(SSLEngine engine, ByteBuffer bytes) throws IOException {
		if (this.plain != null) {
			return takePlain(bytes, this.plain);
		}
		if (this.ended) {
			return -1;
		}
		int start = bytes.position();
		TlsBuffers buffers = TlsBuffers.take();
		try {
			if (load(buffers.input, Math.max(bytes.remaining(), TlsBuffers.LARGEST_RECORD))) {
				decrypt(engine, buffers, bytes);
			}
		}
		finally {
			buffers.giveBack();
		}
		int count = bytes.position() - start;
		if (count == 0 && this.socketEnded) {
			this.truncated = true;
			return -1;
		}
		return (count == 0 && this.ended) ? -1 : count;
	}

	private int takePlain(ByteBuffer bytes, ByteBuffer plain) {
		int count = Math.min(bytes.remaining(), plain.remaining());
		bytes.put(bytes.position(), plain, plain.position(), count);
		bytes.position(bytes.position() + count);
		plain.position(plain.position() + count);
		if (!plain.hasRemaining()) {
			this.held.add(-plain.capacity());
			this.plain = null;
		}
		return count;
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
						throw malformed();
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
		keep(input);
	}

	private static SSLException malformed() {
		return new SSLException("The peer has sent a malformed record");
	}

	/** What comes has no room where it is to go, so what is left of it is kept. */
	private void decryptAside(SSLEngine engine, TlsBuffers buffers, ByteBuffer bytes) throws IOException {
		ByteBuffer plain = buffers.plain.clear();
		decrypted(engine, engine.unwrap(buffers.input, plain), buffers);
		ByteBuffer kept = ByteBuffer.allocate(plain.position()).put(plain.flip()).flip();
		if (kept.hasRemaining()) {
			this.plain = kept;
			this.held.add(kept.capacity());
			takePlain(bytes, kept);
		}
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

	/**
	 * Decrypts one record of the handshake.
	 * @return {@code false} when it has to come first
	 */
	boolean shakeHands(SSLEngine engine, TlsBuffers buffers) throws IOException {
		if (!loadFirst(buffers)) {
			return false;
		}
		SSLEngineResult result = engine.unwrap(buffers.input, buffers.plain.clear());
		keep(buffers.input);
		return switch (result.getStatus()) {
			case OK -> true;
			case CLOSED -> throw new TlsHandshakeException(TlsHandshakeException.Reason.ENDED);
			case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> throw malformed();
		};
	}

	/**
	 * Has a look at the record that comes first.
	 * @param buffers the calling thread's; the record is in their input, and stays here
	 * @return {@code false} when it has to come first
	 */
	boolean peek(TlsBuffers buffers) throws IOException {
		if (!loadFirst(buffers)) {
			return false;
		}
		keep(buffers.input.duplicate());
		return true;
	}

	private boolean loadFirst(TlsBuffers buffers) throws IOException {
		boolean loaded = load(buffers.input, TlsBuffers.LARGEST_RECORD);
		if (loaded && !Records.isBegun(buffers.input.get(0))) {
			throw new TlsHandshakeException(TlsHandshakeException.Reason.PLAIN);
		}
		if (!loaded && this.socketEnded) {
			throw new TlsHandshakeException(TlsHandshakeException.Reason.ENDED);
		}
		return loaded;
	}

	/**
	 * Takes what is kept, and reads the socket if that is no complete record. What comes
	 * is copied once, however small the pieces are in which it comes.
	 * @param input where to put it
	 * @param most how many bytes to read
	 * @return whether there is a complete record
	 */
	private boolean load(ByteBuffer input, int most) throws IOException {
		input.clear().position(this.length);
		if (!isComplete(this.length)) {
			int count = this.below.read(input.limit(Math.min(input.capacity(), this.length + most)));
			this.socketEnded |= count < 0;
			if (count <= 0) {
				return false;
			}
			int head = Math.min(this.length, HEADER);
			System.arraycopy(this.rest, 0, input.array(), 0, head);
			if (!Records.isComplete(input.array(), this.length + count)) {
				append(input.array(), count);
				return false;
			}
		}
		System.arraycopy(this.rest, 0, input.array(), 0, this.length);
		hold(NONE, 0);
		input.flip();
		return true;
	}

	private boolean isComplete(int length) {
		return length > 0 && Records.isComplete(this.rest, length);
	}

	private void append(byte[] bytes, int count) {
		int length = this.length + count;
		byte[] rest = this.rest;
		if (length > rest.length) {
			rest = Arrays.copyOf(rest, Math.max(length, 2 * this.length));
		}
		System.arraycopy(bytes, this.length, rest, this.length, count);
		hold(rest, length);
	}

	private void keep(ByteBuffer input) {
		byte[] rest = NONE;
		int length = input.remaining();
		if (length > 0) {
			rest = new byte[length];
			input.get(rest);
		}
		hold(rest, length);
	}

	private void hold(byte[] rest, int length) {
		this.held.add((long) rest.length - this.rest.length);
		this.rest = rest;
		this.length = length;
	}

}

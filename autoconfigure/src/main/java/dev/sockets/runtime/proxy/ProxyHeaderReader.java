package dev.sockets.runtime.proxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads one header of the PROXY protocol, version 1 or 2, from the first bytes of a
 * connection, however they are cut. Takes no byte more than the header has, keeps no more
 * of it than the addresses, and knows at the first wrong byte that there is none. For one
 * thread at a time.
 */
public final class ProxyHeaderReader {

	/** What has been found. */
	public enum Progress {

		/** The header is not complete, or it is not known whether there is one. */
		MORE,

		/** The header is complete. */
		HEADER,

		/** There is no header. */
		NONE

	}

	private static final byte[] VERSION_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] VERSION_2 = { 0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A };

	/** What was taken, but for what is skipped. */
	private final byte[] taken = new byte[TextHeader.LONGEST];

	private int count;

	/** Which start the bytes have so far; {@code null} before the first one. */
	private byte @Nullable [] start;

	private boolean begun;

	private @Nullable BinaryHeader binary;

	/** Bytes of the header that are of no interest. */
	private int skipped;

	private @Nullable InetSocketAddress source;

	/**
	 * Takes bytes.
	 * @param bytes the bytes; those of the header are taken, and if there is none, those
	 * by which that was found
	 * @return what has been found; to be called no more unless it is {@code MORE}
	 * @throws ProxyHeaderException when a header has begun, and is malformed
	 */
	public Progress take(ByteBuffer bytes) throws ProxyHeaderException {
		Progress progress = Progress.MORE;
		while (progress == Progress.MORE && bytes.hasRemaining()) {
			progress = (this.skipped > 0) ? skip(bytes) : take(bytes.get());
		}
		return progress;
	}

	private Progress skip(ByteBuffer bytes) {
		int count = Math.min(this.skipped, bytes.remaining());
		bytes.position(bytes.position() + count);
		this.skipped -= count;
		return (this.skipped == 0) ? Progress.HEADER : Progress.MORE;
	}

	private Progress take(byte next) throws ProxyHeaderException {
		this.taken[this.count++] = next;
		byte[] start = this.start;
		if (start == null) {
			start = (next == VERSION_1[0]) ? VERSION_1 : VERSION_2;
			this.start = start;
		}
		if (this.count <= start.length) {
			boolean matches = next == start[this.count - 1];
			this.begun = matches && this.count == start.length;
			return matches ? Progress.MORE : Progress.NONE;
		}
		return (start == VERSION_1) ? takeText(next) : takeBinary();
	}

	private Progress takeText(byte next) throws ProxyHeaderException {
		if (next == '\n') {
			this.source = TextHeader.source(this.taken, this.count);
			return Progress.HEADER;
		}
		if (this.count == TextHeader.LONGEST) {
			throw new ProxyHeaderException("It does not end after " + TextHeader.LONGEST + " bytes");
		}
		return Progress.MORE;
	}

	private Progress takeBinary() throws ProxyHeaderException {
		if (this.count < BinaryHeader.LENGTH) {
			return Progress.MORE;
		}
		BinaryHeader binary = this.binary;
		if (binary == null) {
			binary = BinaryHeader.of(this.taken);
			this.binary = binary;
		}
		if (this.count < BinaryHeader.LENGTH + binary.addresses()) {
			return Progress.MORE;
		}
		this.source = binary.source(this.taken);
		this.skipped = binary.more();
		return (this.skipped == 0) ? Progress.HEADER : Progress.MORE;
	}

	/**
	 * Returns whether it is certain that a header has begun.
	 * @return {@code false} while the bytes may also be something else
	 */
	public boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Returns whose connection it is.
	 * @return the address; {@code null} when the header says that it is the proxy's own,
	 * or does not say it
	 */
	public @Nullable InetSocketAddress source() {
		return this.source;
	}

	/**
	 * Returns what was taken and is no header.
	 * @return the bytes; only before a header {@linkplain #hasBegun() has begun}
	 */
	public ByteBuffer taken() {
		return ByteBuffer.wrap(this.taken, 0, this.count);
	}

}

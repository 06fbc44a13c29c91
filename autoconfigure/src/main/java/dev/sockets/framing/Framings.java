package dev.sockets.framing;

import java.nio.ByteOrder;

import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;

/**
 * The framings that come with the library. They keep no state, so one instance serves any
 * number of connections.
 */
public final class Framings {

	private static final Framing LINE = new LineFraming();

	private static final Framing CRLF = new DelimiterFraming("crlf", new byte[] { '\r', '\n' });

	private static final Framing NUL = new DelimiterFraming("nul", new byte[] { 0 });

	private static final Framing STX_ETX = new StxEtxFraming();

	private static final Framing JSON = new JsonStreamFraming();

	private static final Framing HEX8 = new HexHeaderFraming();

	private static final Framing PICKLE = new PickleStreamFraming();

	private static final Framing RAW = new RawFraming();

	private Framings() {
	}

	/**
	 * Frames end with LF. One CR before it is dropped on receipt; none is sent. Fits
	 * charsets that contain ASCII, so not UTF-16.
	 * @return the framing {@code line}
	 */
	public static Framing line() {
		return LINE;
	}

	/**
	 * Frames end with CR LF. A CR or an LF alone is data.
	 * @return the framing {@code crlf}
	 */
	public static Framing crlf() {
		return CRLF;
	}

	/**
	 * Frames end with a zero byte.
	 * @return the framing {@code nul}
	 */
	public static Framing nul() {
		return NUL;
	}

	/**
	 * Frames start with STX (0x02) and end with ETX (0x03). Anything between two frames
	 * is malformed; an STX within a frame is data on receipt, and refused on sending.
	 * @return the framing {@code stx-etx}
	 */
	public static Framing stxEtx() {
		return STX_ETX;
	}

	/**
	 * Frames start with their length. Headers of up to three bytes are unsigned; longer
	 * ones are signed, and malformed when negative.
	 * @param headerSize bytes of the header: 1, 2, 3, 4 or 8
	 * @param order order of the header's bytes
	 * @param headerIncluded whether the length counts the header too
	 * @return the framing {@code length} of that header
	 */
	public static Framing lengthPrefixed(int headerSize, ByteOrder order, boolean headerIncluded) {
		return new LengthPrefixedFraming(headerSize, order, headerIncluded);
	}

	/**
	 * Frames end with a sequence of bytes, the first that occurs.
	 * @param delimiter the bytes, at least one
	 * @return the framing {@code delimiter}
	 */
	public static Framing delimiter(byte[] delimiter) {
		return new DelimiterFraming("delimiter", delimiter.clone());
	}

	/**
	 * A header of eight hexadecimal digits says how long the frame is, as in
	 * obj-over-tcp. A length of 0 is refused in both directions.
	 * @return the framing {@code hex8}
	 */
	public static Framing hex8() {
		return HEX8;
	}

	/**
	 * All frames have the same length.
	 * @param size the length in bytes, at least one
	 * @return the framing {@code fixed}
	 */
	public static Framing fixed(int size) {
		return new FixedFraming(size);
	}

	/**
	 * JSON objects and arrays one after another, with white space or nothing between
	 * them: a frame ends where its first bracket is closed. White space around them is
	 * dropped on receipt. Brackets are counted, not matched: whether a frame is JSON is
	 * up to the codec. Fits UTF-8 and other charsets whose ASCII bytes mean nothing else,
	 * so not UTF-16.
	 * @return the framing {@code stream} of JSON
	 */
	public static Framing jsonStream() {
		return JSON;
	}

	/**
	 * Pickles of Python one after another with nothing between them, of any protocol: a
	 * frame ends with the opcode that ends its pickle. Whether the opcodes before it make
	 * sense is up to the codec, but an unknown one is malformed, and a length beyond the
	 * maximum frame size is too large before its bytes arrive.
	 * @return the framing {@code stream} of pickles
	 */
	public static Framing pickleStream() {
		return PICKLE;
	}

	/**
	 * No frames: what a read returns is a message, or several when it is longer than the
	 * maximum frame size. Messages may arrive joined or split.
	 * @return the framing {@code raw}
	 */
	public static Framing raw() {
		return RAW;
	}

	/**
	 * Frames as a serializer of Spring Integration or Spring writes and reads them. The
	 * deserializer runs over the bytes received so far, and once more from the frame's
	 * start whenever it read past them and more have come; so it should not have effects
	 * of its own, and frames that arrive in many small pieces cost more than with the
	 * other framings. Its limits (2048 bytes in those of Spring Integration) are yours to
	 * set.
	 * @param serializer takes {@code byte[]}
	 * @param deserializer returns {@code byte[]}; used by several threads at once
	 * @return a framing that runs them
	 */
	public static Framing ofSerializer(Serializer<?> serializer, Deserializer<?> deserializer) {
		return new SerializerFraming(serializer, deserializer);
	}

}

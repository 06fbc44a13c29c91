package dev.sockets.framing;

import java.nio.ByteOrder;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.util.Assert;

/**
 * The framings that come with the library. They keep no state, so one instance serves any
 * number of connections.
 */
public final class Framings {

	private static final Framing LINE = new LineFraming("line");

	private static final Framing CRLF = new DelimiterFraming("crlf", new byte[] { '\r', '\n' });

	private static final Framing NUL = new DelimiterFraming("nul", new byte[] { 0 });

	private static final Framing STX_ETX = new MarkedFraming("stx-etx",
			FrameMarks.of(new byte[] { 2 }, new byte[] { 3 }), null);

	private static final Framing JSON = new JsonStreamFraming();

	private static final Framing HEX8 = new HexHeaderFraming();

	private static final Framing PICKLE = new PickleStreamFraming();

	private static final Framing DLE = new DleFraming();

	private static final Framing COBS = new CobsFraming();

	private static final Framing OCTET_COUNTING = new OctetCountingFraming();

	private static final Framing NDJSON = new NdjsonFraming();

	private static final Framing END_OF_STREAM = new EndOfStreamFraming();

	private static final Framing FIX = new FixFraming();

	private static final Framing SCPI = new ScpiFraming();

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
	 * Frames start with STX (0x02) and end with ETX (0x03). What is between two frames is
	 * skipped; at an STX within a frame what was before is refused, and another one
	 * begins.
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
		return length(new LengthHeader(headerSize, HeaderFormat.BINARY, order, 0, 0, headerIncluded, true));
	}

	/**
	 * Frames say their length, at their start or after some other bytes. A binary length
	 * of up to three bytes is unsigned; longer ones are signed, and malformed when
	 * negative. When the header is a part of payloads, its length is filled in on
	 * sending.
	 * @param header where and how
	 * @return the framing {@code length} of that header
	 */
	public static Framing length(LengthHeader header) {
		return new LengthFraming(header);
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
	 * Frames end with any of several sequences of bytes, the first that occurs.
	 * @param delimiters the bytes, and what becomes of them
	 * @return the framing {@code delimiter} of them
	 */
	public static Framing delimiters(Delimiters delimiters) {
		return new DelimitersFraming(delimiters);
	}

	/**
	 * Frames have a mark at their start and one at their end.
	 * @param marks the marks, and what becomes of them
	 * @return the framing {@code marked}
	 */
	public static Framing marked(FrameMarks marks) {
		return new MarkedFraming("marked", marks, null);
	}

	/**
	 * The same with a checksum in each frame, or behind its end.
	 * @param marks the marks, and what becomes of them
	 * @param checksum how it is computed, and where it is
	 * @return a framing that checks it on receipt and adds it on sending
	 * @throws dev.sockets.InvalidSettingException when frames cannot have it
	 */
	public static Framing marked(FrameMarks marks, ChecksumRule checksum) {
		return checksum.behindEnd() ? new MarkedFraming("marked", marks, checksum) : checked(marked(marks), checksum);
	}

	/**
	 * Frames have a checksum. One whose checksum is wrong is refused, which is told; the
	 * connection goes on. Where the framing finds the end of a frame by bytes that it
	 * looks for, the checksum has to be written by others, mostly in hexadecimal digits;
	 * with a framing of the application that is up to you.
	 * @param framing tells the frames apart
	 * @param checksum how it is computed, and where it is, which is within the frame
	 * @return a framing that checks it on receipt and adds it on sending
	 * @throws dev.sockets.InvalidSettingException when frames cannot have it
	 */
	public static Framing checked(Framing framing, ChecksumRule checksum) {
		Assert.isTrue(!checksum.behindEnd(), "Only the framing 'marked' has a checksum behind the end of a frame");
		ChecksumFit.require(framing, checksum);
		return new ChecksumFraming(framing, new Checksum(checksum, 0));
	}

	/**
	 * Acknowledgements stand between frames: bytes that say that a frame was received, or
	 * is to be repeated. Who sends and awaits them is up to the endpoint.
	 * @param framing tells the frames apart: marked, by a delimiter, or of the
	 * application
	 * @param ack the bytes that say that a frame was received
	 * @param nak the bytes that say that a frame is to be repeated; {@code null} for none
	 * @return a framing that tells both apart
	 * @throws dev.sockets.InvalidSettingException when they cannot be told from frames,
	 * what begins or ends them, or each other
	 */
	public static AcknowledgedFraming acknowledged(Framing framing, byte[] ack, byte @Nullable [] nak) {
		return new AcknowledgedFraming(framing, ack, nak);
	}

	/**
	 * A byte begins and ends frames, and is replaced by others within them.
	 * @param escapes the bytes
	 * @return the framing {@code escaped}
	 */
	public static Framing escaped(Escapes escapes) {
		return new EscapedFraming(escapes);
	}

	/**
	 * DLE STX starts a frame, DLE ETX ends it, and a DLE (0x10) within it is doubled.
	 * What is between two frames is skipped.
	 * @return the framing {@code escaped} of kind {@code dle}
	 */
	public static Framing dle() {
		return DLE;
	}

	/**
	 * Consistent overhead byte stuffing: a zero byte ends a frame, and frames have no
	 * other.
	 * @return the framing {@code escaped} of kind {@code cobs}
	 */
	public static Framing cobs() {
		return COBS;
	}

	/**
	 * Syslog over TCP, RFC 6587: a message follows its length in decimal digits and a
	 * space. On receipt one that begins with anything else than a digit ends with LF.
	 * @return the framing {@code octet-counting}
	 */
	public static Framing octetCounting() {
		return OCTET_COUNTING;
	}

	/**
	 * Messages of FIX in its tag=value form, whole: with their length and checksum, both
	 * of which are checked in both directions.
	 * @return the framing {@code fix}
	 */
	public static Framing fix() {
		return FIX;
	}

	/**
	 * Lines of which those with nothing but white space are skipped.
	 * @return the framing {@code ndjson}
	 */
	public static Framing ndjson() {
		return NDJSON;
	}

	/**
	 * Lines in which blocks of binary data may be, as IEEE 488.2 has them for
	 * instruments: <code>#</code>, one digit that says how many digits follow, these
	 * digits, and so many bytes as they say. What is in a block ends no line. A block of
	 * indefinite length (<code>#0</code>) ends with its line.
	 * @return the framing {@code scpi}
	 */
	public static Framing scpi() {
		return SCPI;
	}

	/**
	 * All that comes until the peer ends its side is one message. What is sent is as it
	 * is: the end of the connection ends it.
	 * @return the framing {@code end-of-stream}
	 */
	public static Framing endOfStream() {
		return END_OF_STREAM;
	}

	/**
	 * A silence ends a message, and so does the end of the peer's side. Between messages
	 * that are sent there is a pause, which is a little longer.
	 * @param gap how long the silence is at least
	 * @return the framing {@code idle-gap}
	 */
	public static Framing idleGap(Duration gap) {
		return new IdleGapFraming(gap);
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
	 * JSON objects and arrays one after another: a frame ends where its first bracket is
	 * closed. White space, commas, zero bytes and the mark of UTF-8 between them are
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

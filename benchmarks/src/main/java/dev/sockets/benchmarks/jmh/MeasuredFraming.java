package dev.sockets.benchmarks.jmh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

import dev.sockets.framing.ChecksumEncoding;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.Delimiters;
import dev.sockets.framing.Escapes;
import dev.sockets.framing.FrameMarks;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.HeaderFormat;
import dev.sockets.framing.LengthHeader;

/**
 * The framings that are measured: all that are built in, and what can stand around them.
 */
public enum MeasuredFraming {

	/** Ends with LF. */
	LINE(Framings::line),

	/** Ends with CR LF. */
	CRLF(Framings::crlf),

	/** Ends with a byte 0. */
	NUL(Framings::nul),

	/** Between STX and ETX. */
	STX_ETX(Framings::stxEtx),

	/** After its length in one byte. */
	LENGTH1(() -> lengthPrefixed(1)),

	/** After its length in two bytes. */
	LENGTH2(() -> lengthPrefixed(2)),

	/** After its length in four bytes. */
	LENGTH4(() -> lengthPrefixed(4)),

	/** After its length in four digits, which counts these too. */
	LENGTH_ASCII(
			() -> Framings.length(new LengthHeader(4, HeaderFormat.ASCII, ByteOrder.BIG_ENDIAN, 0, 0, true, true))),

	/** After its length in eight digits. */
	HEX8(Framings::hex8),

	/** Ends with three bytes. */
	DELIMITER(() -> Framings.delimiter(ascii("END"))),

	/** Ends with one of several delimiters. */
	DELIMITERS(() -> Framings.delimiters(Delimiters.of(ascii("\r\n"), ascii("\n"), ascii(";")))),

	/** Between marks of several bytes. */
	MARKED(() -> Framings.marked(FrameMarks.of(new byte[] { 0x0B }, new byte[] { 0x1C, '\r' }))),

	/** Between marks, with a checksum behind the end. */
	MARKED_LRC(() -> Framings.marked(FrameMarks.of(new byte[] { 2 }, new byte[] { 3 }),
			new ChecksumRule(ChecksumKind.XOR, ChecksumEncoding.RAW, ByteOrder.BIG_ENDIAN, null, null, null, true,
					new byte[0]))),

	/** Always of the same length. */
	FIXED(() -> Framings.fixed(MeasuredFraming.SIZE)),

	/** Between flags, with escapes as SLIP has them. */
	SLIP(() -> Framings.escaped(Escapes.SLIP)),

	/** Between flags, with escapes as HDLC has them. */
	HDLC(() -> Framings.escaped(Escapes.HDLC)),

	/** Between DLE STX and DLE ETX. */
	DLE(Framings::dle),

	/** Without a byte 0 in it, as COBS has it. */
	COBS(Framings::cobs),

	/** After its length in digits and a blank. */
	OCTET_COUNTING(Framings::octetCounting),

	/** One object on a line. */
	NDJSON(Framings::ndjson, MeasuredFraming::json),

	/** Objects one behind the other. */
	JSON_STREAM(Framings::jsonStream, MeasuredFraming::json),

	/** Pickles one behind the other. */
	PICKLE_STREAM(Framings::pickleStream, MeasuredFraming::pickle),

	/** A message of FIX, with its checksum. */
	FIX(Framings::fix, MeasuredFraming::fix),

	/** A line or a block of SCPI. */
	SCPI(Framings::scpi),

	/** Whatever a read returns. */
	RAW(Framings::raw),

	/** Ends with the stream. */
	END_OF_STREAM(Framings::endOfStream),

	/** Ends with a silence. */
	IDLE_GAP(() -> Framings.idleGap(Duration.ofMillis(50))),

	/** After its length, with a CRC of two bytes. */
	CHECKED(() -> Framings.checked(lengthPrefixed(2), ChecksumRule.of(ChecksumKind.CRC16_MODBUS))),

	/** Between marks, with acknowledgements between frames. */
	ACKNOWLEDGED(() -> Framings.acknowledged(Framings.stxEtx(), new byte[] { 6 }, new byte[] { 0x15 }));

	/** How many bytes a payload has. */
	public static final int SIZE = 63;

	private final Supplier<Framing> framing;

	private final Supplier<byte[]> payload;

	MeasuredFraming(Supplier<Framing> framing) {
		this(framing, () -> ascii("x".repeat(MeasuredFraming.SIZE)));
	}

	MeasuredFraming(Supplier<Framing> framing, Supplier<byte[]> payload) {
		this.framing = framing;
		this.payload = payload;
	}

	Framing framing() {
		return this.framing.get();
	}

	byte[] payload() {
		return this.payload.get();
	}

	private static Framing lengthPrefixed(int size) {
		return Framings.lengthPrefixed(size, ByteOrder.BIG_ENDIAN, false);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] json() {
		String empty = "{\"text\":\"\"}";
		return ascii("{\"text\":\"" + "x".repeat(SIZE - empty.length()) + "\"}");
	}

	/** A text of protocol 2. */
	private static byte[] pickle() {
		int length = SIZE - 5;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(new byte[] { (byte) 0x80, 2, 'U', (byte) length });
		bytes.writeBytes(ascii("x".repeat(length)));
		bytes.write('.');
		return bytes.toByteArray();
	}

	private static byte[] fix() {
		String body = "35=0\u000158=\u0001";
		int rest = SIZE - ascii("8=FIX.4.2\u00019=00\u000110=000\u0001" + body).length;
		body = body.replace("58=", "58=" + "x".repeat(rest));
		byte[] message = ascii("8=FIX.4.2\u00019=" + body.length() + "\u0001" + body + "10=000\u0001");
		int sum = 0;
		for (byte one : Arrays.copyOf(message, message.length - 7)) {
			sum += one & 0xFF;
		}
		byte[] digits = ascii("%03d".formatted(sum & 0xFF));
		System.arraycopy(digits, 0, message, message.length - 4, digits.length);
		return message;
	}

}

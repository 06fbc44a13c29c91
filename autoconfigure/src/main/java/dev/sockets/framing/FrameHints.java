package dev.sockets.framing;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Guesses what a peer speaks, from bytes in which a framing has found no message: for
 * those who have to find out why there is none.
 */
public final class FrameHints {

	/** How many bytes are looked at, at most. */
	public static final int MOST = 4096;

	private static final List<String> HTTP = List.of("GET ", "POST ", "PUT ", "HEAD ", "DELETE ", "OPTIONS ",
			"CONNECT ", "PATCH ", "HTTP/");

	private static final int LONGEST_METHOD = 8;

	private static final int TLS_HEADER = 3;

	private static final int STX = 0x02;

	private static final int ETX = 0x03;

	private static final int VT = 0x0B;

	private static final int FS = 0x1C;

	private FrameHints() {
	}

	/**
	 * Guesses what to change so that messages are found.
	 * @param framing has found none
	 * @param bytes hold what was received
	 * @param start where it begins
	 * @param end where it ends; of {@value #MOST} bytes or more nobody knows how they end
	 * @return a clause without a capital and a full stop; empty when nothing is known
	 */
	public static Optional<String> of(Framing framing, byte[] bytes, int start, int end) {
		return ofProtocol(bytes, start, end)
			.or(() -> ofContent(framing, new Seen(bytes, start, Math.min(end, start + MOST))));
	}

	/**
	 * Guesses which protocol it is that has come to the wrong port.
	 * @param bytes hold what was received
	 * @param start where it begins
	 * @param end where it ends
	 * @return a clause without a capital and a full stop; empty when nothing is known
	 */
	public static Optional<String> ofProtocol(byte[] bytes, int start, int end) {
		if (isTls(bytes, start, end)) {
			return Optional.of("this looks like TLS: set ssl.bundle, or have the peer talk without TLS");
		}
		String text = new String(bytes, start, Math.min(end - start, LONGEST_METHOD), StandardCharsets.ISO_8859_1);
		return HTTP.stream().anyMatch(text::startsWith)
				? Optional.of("this looks like HTTP: a browser or a check of health has come to the wrong port")
				: Optional.empty();
	}

	/**
	 * Returns whether bytes that a framing has skipped are hardly such as stand between
	 * messages, as white space and control characters do. Only those are asked about that
	 * skip all bytes until one that begins a message.
	 * @param framing has skipped them
	 * @param bytes hold them
	 * @param start where they begin
	 * @param end where they end
	 * @return whether there are others among them
	 */
	public static boolean isForeign(Framing framing, byte[] bytes, int start, int end) {
		if (!skipsAny(framing)) {
			return false;
		}
		for (int i = start; i < end; i++) {
			if ((bytes[i] & 0xFF) > ' ') {
				return true;
			}
		}
		return false;
	}

	private static boolean skipsAny(Framing framing) {
		return framing instanceof MarkedFraming || framing instanceof DleFraming
				|| (framing instanceof AcknowledgedFraming acknowledged && acknowledged.skips())
				|| (framing instanceof ChecksumFraming checked && skipsAny(checked.framing()));
	}

	/** A record of TLS begins with its type and a version from 3.0 to 3.4. */
	private static boolean isTls(byte[] bytes, int start, int end) {
		return end - start >= TLS_HEADER && bytes[start] >= 0x14 && bytes[start] <= 0x17 && bytes[start + 1] == 3
				&& bytes[start + 2] >= 0 && bytes[start + 2] <= 4;
	}

	private static Optional<String> ofContent(Framing framing, Seen seen) {
		if (seen.length() == 0) {
			return Optional.empty();
		}
		if (seen.startsWith(STX) && seen.contains(ETX)) {
			return Optional.of("there are an STX and an ETX: try framing: stx-etx, or profile: stx-etx-lrc");
		}
		if (seen.startsWith(VT) && seen.contains(FS)) {
			return Optional.of("there are a VT and an FS, as around HL7: try profile: mllp");
		}
		return seen.isText() ? ofText(framing, seen) : ofLength(seen);
	}

	private static Optional<String> ofText(Framing framing, Seen seen) {
		if (seen.endsWith('\n')) {
			return Optional
				.of((seen.contains('\r') ? "there are CR and LF" : "there is an LF but no CR") + ": try framing: line");
		}
		if (seen.endsWith('\r')) {
			return Optional.of("there is a CR but no LF: try framing: delimiter with framing-options.delimiter: '\\r'");
		}
		if (seen.endsWith(0)) {
			return Optional.of("there is a zero byte but no LF: try framing: nul");
		}
		return (framing instanceof LengthFraming) ? Optional.of("this looks like text, which does not say its length")
				: Optional.empty();
	}

	/** A length that is right where it stands is hardly one by chance. */
	private static Optional<String> ofLength(Seen seen) {
		for (int size : new int[] { Integer.BYTES, Short.BYTES }) {
			if (seen.hasLengths(size, ByteOrder.BIG_ENDIAN)) {
				return Optional.of("there are lengths in " + size + " bytes: try framing: length" + size);
			}
			if (seen.hasLengths(size, ByteOrder.LITTLE_ENDIAN)) {
				return Optional.of("there are lengths in " + size + " bytes, the lowest first: try framing: length"
						+ size + " with framing-options.byte-order: little-endian");
			}
		}
		return Optional.empty();
	}

	/**
	 * What was received, as far as it is looked at.
	 */
	private record Seen(byte[] bytes, int start, int end) {

		int length() {
			return this.end - this.start;
		}

		private boolean isCut() {
			return length() >= MOST;
		}

		boolean startsWith(int value) {
			return this.bytes[this.start] == value;
		}

		boolean endsWith(int value) {
			return isCut() ? contains(value) : this.bytes[this.end - 1] == value;
		}

		boolean contains(int value) {
			return Scan.indexOf(this.bytes, (byte) value, this.start, this.end) >= 0;
		}

		/** Returns whether it begins with characters, of whatever alphabet. */
		boolean isText() {
			for (int i = this.start; i < Math.min(this.end, this.start + Integer.BYTES); i++) {
				byte value = this.bytes[i];
				boolean lastZero = value == 0 && i > this.start && i == this.end - 1;
				if (value >= 0 && value < ' ' && value != '\t' && value != '\r' && value != '\n' && !lastZero) {
					return false;
				}
			}
			return true;
		}

		/** Returns whether it is nothing but lengths with so many bytes behind each. */
		boolean hasLengths(int size, ByteOrder order) {
			int at = this.start;
			while (at + size < this.end) {
				long length = number(at, size, order);
				if (length < 1 || length > this.end - at - size) {
					return isCut() && at > this.start;
				}
				at += size + (int) length;
			}
			return at > this.start && (at == this.end || isCut());
		}

		private long number(int at, int size, ByteOrder order) {
			long number = 0;
			for (int i = 0; i < size; i++) {
				int index = (order == ByteOrder.BIG_ENDIAN) ? at + i : at + size - 1 - i;
				number = number << Byte.SIZE | this.bytes[index] & 0xFF;
			}
			return number;
		}

	}

}

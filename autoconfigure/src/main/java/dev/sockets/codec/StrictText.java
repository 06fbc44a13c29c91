package dev.sockets.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Finds out whether a text was damaged on its way to bytes or back. The fast ways of
 * {@code String} put a replacement where something does not fit, so only a text with
 * something that looks like one is coded a second time, strictly.
 */
final class StrictText {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long LOW_BITS = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private final Charset charset;

	/** First byte of what stands for a character that the charset lacks. */
	private final byte sent;

	/** Whether that byte is all, and the character of that number, as {@code ?} is. */
	private final boolean character;

	/** First character of what stands for malformed bytes. */
	private final char received;

	StrictText(Charset charset) {
		byte[] replacement = charset.newEncoder().replacement();
		this.charset = charset;
		this.sent = replacement[0];
		this.character = replacement.length == 1 && replacement[0] > 0;
		this.received = charset.newDecoder().replacement().charAt(0);
	}

	/**
	 * Refuses a text with characters that its charset lacks.
	 * @param text the text
	 * @param bytes what it was encoded to
	 */
	void requireWhole(String text, byte[] bytes) {
		if (!contains(bytes, this.sent)
				|| (this.character && count(bytes, this.sent) == count(text, (char) this.sent))) {
			return;
		}
		try {
			this.charset.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(text));
		}
		catch (CharacterCodingException ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED, "A text of " + text.length()
					+ " characters has some that the charset " + this.charset
					+ " lacks, so it was not sent, as it would arrive damaged: choose another charset, as UTF-8", ex);
		}
	}

	/**
	 * Refuses bytes that are malformed in their charset.
	 * @param text what they were decoded to
	 * @param buffer holds the bytes
	 * @param offset index of the first byte
	 * @param length number of bytes
	 */
	void requireWellFormed(String text, byte[] buffer, int offset, int length) {
		if (text.indexOf(this.received) < 0) {
			return;
		}
		try {
			this.charset.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(buffer, offset, length));
		}
		catch (CharacterCodingException ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED, "Bytes that are malformed in the charset "
					+ this.charset + ": check that the peer uses the same, or set charset-errors to replace", ex);
		}
	}

	private static int count(String text, char value) {
		int count = 0;
		for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
			count++;
		}
		return count;
	}

	private static int count(byte[] bytes, byte value) {
		int count = 0;
		for (byte one : bytes) {
			if (one == value) {
				count++;
			}
		}
		return count;
	}

	/**
	 * Looks for a byte, eight at a time: of a word's bytes that are zero, the highest bit
	 * of the first is set. What is shorter is told by its length: the compiler of JDK 17
	 * takes a check of the index against 0 and that of the array for one, and then reads
	 * before the array the first time that one is short.
	 */
	private static boolean contains(byte[] bytes, byte value) {
		if (bytes.length < Long.BYTES) {
			return count(bytes, value) > 0;
		}
		int last = bytes.length - Long.BYTES;
		long everywhere = (value & 0xffL) * LOW_BITS;
		long zeros = zeros((long) WORDS.get(bytes, last) ^ everywhere);
		for (int i = 0; i < last; i += Long.BYTES) {
			zeros |= zeros((long) WORDS.get(bytes, i) ^ everywhere);
		}
		return zeros != 0;
	}

	private static long zeros(long word) {
		return (word - LOW_BITS) & ~word & HIGH_BITS;
	}

}

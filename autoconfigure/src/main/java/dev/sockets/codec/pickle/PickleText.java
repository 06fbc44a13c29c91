package dev.sockets.codec.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text in UTF-8 where surrogates may stand alone, each in three bytes, as Python's
 * {@code surrogatepass} has it.
 */
final class PickleText {

	private static final char REPLACEMENT = '\uFFFD';

	private PickleText() {
	}

	static String decode(byte[] array, int offset, int length) {
		String text = new String(array, offset, length, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) < 0) ? text : decodeSurrogates(array, offset, offset + length);
	}

	static byte[] encode(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return hasLoneSurrogate(text) ? encodeSurrogates(text) : bytes;
	}

	/**
	 * Decodes what lies between surrogates, each part on its own.
	 */
	private static String decodeSurrogates(byte[] array, int start, int end) {
		StringBuilder text = new StringBuilder(end - start);
		int from = start;
		for (int at = start; at <= end - 3; at++) {
			if (isSurrogate(array, at)) {
				append(text, array, from, at);
				text.append((char) (0xd000 | (array[at + 1] & 0x3f) << 6 | (array[at + 2] & 0x3f)));
				from = at + 3;
				at += 2;
			}
		}
		append(text, array, from, end);
		return text.toString();
	}

	private static boolean isSurrogate(byte[] array, int at) {
		return (array[at] & 0xff) == 0xed && (array[at + 1] & 0xe0) == 0xa0 && (array[at + 2] & 0xc0) == 0x80;
	}

	private static void append(StringBuilder text, byte[] array, int from, int to) {
		try {
			text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array, from, to - from)));
		}
		catch (CharacterCodingException ex) {
			throw PickleFault.received("text that is not UTF-8", ex);
		}
	}

	private static boolean hasLoneSurrogate(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (Character.charCount(text.codePointAt(i)) == 1) {
					return true;
				}
				i++;
			}
		}
		return false;
	}

	/**
	 * Encodes what lies between lone surrogates, each part on its own.
	 */
	private static byte[] encodeSurrogates(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 3);
		int from = 0;
		for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
			int character = text.codePointAt(at);
			if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
				bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
				bytes.write(0xed);
				bytes.write(0x80 | (character >> 6) & 0x3f);
				bytes.write(0x80 | character & 0x3f);
				from = at + 1;
			}
		}
		bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
		return bytes.toByteArray();
	}

}

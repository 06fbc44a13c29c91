package dev.sockets.autoconfigure.binding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether bytes that end a text can be told from those of its characters.
 */
final class CharsetMarks {

	private CharsetMarks() {
	}

	/**
	 * Returns whether a mark is never found in the midst of a character: it is whole
	 * characters of the charset, and begins with a byte that is the first one of any
	 * character that has it. In GBK, for example, the byte of {@code |} is also the
	 * second one of others.
	 */
	static boolean areSafe(Charset charset, byte[] mark) {
		return isText(charset, mark) && !isLater(charset, mark[0]);
	}

	private static boolean isText(Charset charset, byte[] mark) {
		try {
			charset.newDecoder().decode(ByteBuffer.wrap(mark));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	/**
	 * Returns whether a character has a byte that is not its first.
	 */
	private static boolean isLater(Charset charset, byte value) {
		if (charset.newEncoder().maxBytesPerChar() == 1 || (charset.equals(StandardCharsets.UTF_8) && value >= 0)) {
			return false;
		}
		for (char character = 0; character < Character.MAX_VALUE; character++) {
			if (!Character.isSurrogate(character)) {
				byte[] bytes = String.valueOf(character).getBytes(charset);
				for (int i = 1; i < bytes.length; i++) {
					if (bytes[i] == value) {
						return true;
					}
				}
			}
		}
		return false;
	}

}

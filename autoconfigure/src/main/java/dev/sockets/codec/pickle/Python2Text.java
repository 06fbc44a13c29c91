package dev.sockets.codec.pickle;

import java.nio.charset.StandardCharsets;

/**
 * Text of the opcodes of protocol 0, with escapes.
 */
final class Python2Text {

	private static final String ESCAPED = "\\'\"nrtabfv";

	private static final String MEANT = "\\'\"\n\r\t\u0007\b\f\u000b";

	private Python2Text() {
	}

	/**
	 * Returns the bytes of opcode {@code STRING}: a literal in quotes.
	 */
	static byte[] literal(byte[] line) {
		String text = new String(line, StandardCharsets.ISO_8859_1).strip();
		int last = text.length() - 1;
		if (last < 1 || text.charAt(0) != text.charAt(last) || (text.charAt(0) != '\'' && text.charAt(0) != '"')) {
			throw PickleFault.received("a string that is not in quotes");
		}
		StringBuilder bytes = new StringBuilder(last);
		for (int i = 1; i < last; i++) {
			char character = text.charAt(i);
			char next = text.charAt(i + 1);
			if (character != '\\' || i + 1 == last) {
				bytes.append(character);
			}
			else if (next == 'x') {
				bytes.append((char) hex(text, i + 2, i + 4));
				i += 3;
			}
			else {
				int escape = ESCAPED.indexOf(next);
				bytes.append((escape < 0) ? "\\" + next : MEANT.charAt(escape));
				i++;
			}
		}
		return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns the text of opcode {@code UNICODE}: Latin-1 and escapes of what is not.
	 */
	static String unicode(byte[] line) {
		String text = new String(line, StandardCharsets.ISO_8859_1);
		StringBuilder characters = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			char next = (i + 1 < text.length()) ? text.charAt(i + 1) : 0;
			if (character == '\\' && (next == 'u' || next == 'U')) {
				int end = i + ((next == 'u') ? 6 : 10);
				characters.appendCodePoint(hex(text, i + 2, end));
				i = end - 1;
			}
			else if (character == '\\' && next == '\\') {
				characters.append("\\\\");
				i++;
			}
			else {
				characters.append(character);
			}
		}
		return characters.toString();
	}

	private static int hex(String text, int from, int to) {
		long value = -1;
		if (to <= text.length()) {
			try {
				value = Long.parseLong(text.substring(from, to), 16);
			}
			catch (NumberFormatException ex) {
				throw PickleFault.received("text with a malformed escape", ex);
			}
		}
		if (value < 0 || value > Character.MAX_CODE_POINT) {
			throw PickleFault.received("text with a malformed escape");
		}
		return (int) value;
	}

}

package dev.sockets;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Text that may come from a peer, as it may be shown on one line: what would end the
 * line, move a cursor or turn the direction of writing is escaped, and there is an end to
 * it.
 */
public final class PrintableText {

	private static final int MOST = 1000;

	private static final int ALPHABET_OF_ALL = 0x7f;

	private PrintableText() {
	}

	/**
	 * Escapes a text.
	 * @param text the text
	 * @return the same when nothing in it has to be escaped; at most about {@value #MOST}
	 * characters of it, and how many more there are
	 */
	public static String of(String text) {
		return isPrintable(text) ? text : escape(text);
	}

	/**
	 * Returns whether a text may be shown as it is.
	 * @param text the text
	 * @return whether nothing in it has to be escaped or cut off
	 */
	public static boolean isPrintable(String text) {
		return text.length() <= MOST && text.codePoints().allMatch(PrintableText::isPrintable);
	}

	private static boolean isPrintable(int character) {
		if (character < ALPHABET_OF_ALL) {
			return character >= ' ';
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		int end = Math.min(text.length(), MOST);
		text.substring(0, end).codePoints().forEach((character) -> append(escaped, character));
		if (end < text.length()) {
			escaped.append(String.format(Locale.ROOT, "... and %,d more characters", text.length() - end));
		}
		return escaped.toString();
	}

	private static void append(StringBuilder escaped, int character) {
		switch (character) {
			case '\n' -> escaped.append("\\n");
			case '\r' -> escaped.append("\\r");
			case '\t' -> escaped.append("\\t");
			default -> {
				if (isPrintable(character)) {
					escaped.appendCodePoint(character);
				}
				else {
					for (char half : Character.toChars(character)) {
						escaped.append("\\u").append(HexFormat.of().toHexDigits(half));
					}
				}
			}
		}
	}

}

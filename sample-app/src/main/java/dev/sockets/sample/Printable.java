package dev.sockets.sample;

import java.net.InetSocketAddress;
import java.util.HexFormat;

/**
 * Makes what came over the wire fit to be shown: a peer can neither start a line of its
 * own, nor move the cursor, nor reverse the direction of writing.
 */
final class Printable {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private static final int SHOWN_CHARACTERS = 120;

	private static final int SHOWN_BYTES = 32;

	private Printable() {
	}

	/**
	 * Returns a payload for a log, shortened.
	 */
	static String payload(Object payload) {
		if (payload instanceof byte[] bytes) {
			int shown = Math.min(bytes.length, SHOWN_BYTES);
			return bytes.length + " bytes: " + HEX.formatHex(bytes, 0, shown) + ((shown < bytes.length) ? " ..." : "");
		}
		return '\'' + shortened(text(payload.toString()), SHOWN_CHARACTERS) + '\'';
	}

	/**
	 * Returns a text in which everything that isn't visible, and the backslash, is
	 * escaped as in Java.
	 */
	static String text(String text) {
		StringBuilder result = new StringBuilder();
		text.codePoints().forEach((codePoint) -> append(result, codePoint));
		return result.toString();
	}

	static String shortened(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length) + "...";
	}

	static String address(InetSocketAddress address) {
		String host = address.getAddress().getHostAddress();
		return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	private static void append(StringBuilder result, int codePoint) {
		switch (codePoint) {
			case '\\' -> result.append("\\\\");
			case '\r' -> result.append("\\r");
			case '\n' -> result.append("\\n");
			case '\t' -> result.append("\\t");
			default -> {
				if (isVisible(codePoint)) {
					result.appendCodePoint(codePoint);
				}
				else {
					result.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
				}
			}
		}
	}

	private static boolean isVisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}

package dev.sockets.runtime;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Bytes as the {@link WireLog} shows them: as hexadecimal digits, and as text in which
 * all that is not printable ASCII is escaped.
 */
final class WireText {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private WireText() {
	}

	/**
	 * Returns the first bytes, and how many more there are.
	 * @param bytes the bytes; not changed
	 * @param most how many of them are shown at most
	 */
	static String of(ByteBuffer bytes, int most) {
		byte[] shown = new byte[Math.min(bytes.remaining(), most)];
		bytes.get(bytes.position(), shown);
		int more = bytes.remaining() - shown.length;
		return HEX.formatHex(shown) + " \"" + escaped(shown) + "\"" + ((more > 0) ? " and " + more + " more" : "");
	}

	private static String escaped(byte[] bytes) {
		StringBuilder text = new StringBuilder(bytes.length);
		for (byte one : bytes) {
			switch (one) {
				case '\n' -> text.append("\\n");
				case '\r' -> text.append("\\r");
				case '\t' -> text.append("\\t");
				case '"', '\\' -> text.append('\\').append((char) one);
				default -> {
					if (one >= ' ' && one <= '~') {
						text.append((char) one);
					}
					else {
						text.append("\\x").append(HexFormat.of().toHexDigits(one));
					}
				}
			}
		}
		return text.toString();
	}

}

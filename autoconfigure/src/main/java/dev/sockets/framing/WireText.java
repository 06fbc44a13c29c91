package dev.sockets.framing;

/**
 * Writes bytes as they are written in the configuration.
 */
public final class WireText {

	private WireText() {
	}

	/**
	 * Returns what stands for bytes.
	 * @param bytes the bytes
	 * @return printable ASCII as it is, all else as {@code \xNN}
	 */
	public static String of(byte[] bytes) {
		StringBuilder text = new StringBuilder();
		for (byte value : bytes) {
			if (value >= ' ' && value <= '~' && value != '\\') {
				text.append((char) value);
			}
			else {
				text.append("\\x%02X".formatted(value & 0xFF));
			}
		}
		return text.toString();
	}

}

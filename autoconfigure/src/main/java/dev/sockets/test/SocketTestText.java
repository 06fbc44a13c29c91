package dev.sockets.test;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Shows bytes to those who read why a test has failed.
 */
final class SocketTestText {

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private SocketTestText() {
	}

	static String hex(byte[] bytes) {
		return "[" + HEX.formatHex(bytes) + "]";
	}

	/** Returns what came before, as the end of a sentence. */
	static String after(ByteArrayOutputStream received) {
		return (received.size() > 0) ? " after " + hex(received.toByteArray()) : "";
	}

}

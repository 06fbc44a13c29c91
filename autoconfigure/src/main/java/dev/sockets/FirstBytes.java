package dev.sockets;

import java.util.HexFormat;

/**
 * Shows what a message or frame starts with, wherever one is at fault.
 */
public final class FirstBytes {

	/** How many bytes are shown at most. */
	public static final int MOST = 16;

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private FirstBytes() {
	}

	/**
	 * Returns the first bytes in hexadecimal.
	 * @param bytes holds them
	 * @param start index of the first
	 * @param length how many there are; none unless it is positive
	 * @return two digits for each, separated by spaces; empty when there are none
	 */
	public static String of(byte[] bytes, int start, int length) {
		return (length > 0) ? HEX.formatHex(bytes, start, start + Math.min(length, MOST)) : "";
	}

}

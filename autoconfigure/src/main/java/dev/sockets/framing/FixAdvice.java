package dev.sockets.framing;

import java.nio.charset.StandardCharsets;

/**
 * Words what is wrong with a message of FIX that is not sent, and what to change.
 */
final class FixAdvice {

	private static final char SOH = 1;

	private static final int TRAILER = "10=000".length() + 1;

	private FixAdvice() {
	}

	/**
	 * Looks for what is wrong with a message, from its start.
	 * @param payload is not one whole message
	 * @return the problem and, behind a colon, the change
	 */
	static String of(byte[] payload) {
		String text = new String(payload, StandardCharsets.ISO_8859_1);
		int first = text.indexOf(SOH);
		if (!text.startsWith("8=") || first <= "8=".length()) {
			return "a payload that does not begin with BeginString (8=): begin it with 8=FIX.4.4 or another version, "
					+ "and SOH (01)";
		}
		int second = text.indexOf(SOH, first + 1);
		if (!text.startsWith("9=", first + 1) || second < 0) {
			return "a payload whose second field is not BodyLength (9=): put it behind 8=, and SOH (01) behind it";
		}
		if (second >= FixFraming.HEADER) {
			return "a payload whose first two fields have more than " + FixFraming.HEADER + " bytes: shorten them";
		}
		return ofBody(text, text.substring(first + 1 + "9=".length(), second), second + 1);
	}

	private static String ofBody(String text, String length, int body) {
		int trailer = text.length() - TRAILER;
		if (trailer < body || !text.startsWith(SOH + "10=", trailer - 1) || text.charAt(text.length() - 1) != SOH) {
			return "a payload that does not end with CheckSum: end it with 10=, three digits and SOH (01)";
		}
		if (!text.startsWith("35=", body) || text.charAt(body + "35=".length()) == SOH) {
			return "a payload whose first field of the body is not MsgType (35=): put it behind BodyLength (9=)";
		}
		int bytes = trailer - body;
		if (!length.matches("0{0,9}" + bytes)) {
			return "a payload whose BodyLength is wrong: write 9=" + bytes
					+ ", as there are so many bytes between that field and CheckSum, and send one message at a time";
		}
		return "a payload whose CheckSum is wrong: write 10=%03d, the sum of all bytes before it modulo 256"
			.formatted(text.chars().limit(trailer).sum() & 0xFF);
	}

}

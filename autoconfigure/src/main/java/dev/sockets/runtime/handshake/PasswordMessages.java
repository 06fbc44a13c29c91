package dev.sockets.runtime.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The messages of the password handshake, which are texts in ASCII so that framings of
 * texts carry them too. See {@code docs/password.md}.
 */
final class PasswordMessages {

	/** How long nonces and proofs are, in bytes. */
	static final int VALUE_BYTES = 32;

	private static final String PREFIX = "SOCKETS-PASSWORD/1 ";

	private static final String CHALLENGE = PREFIX + "CHALLENGE";

	private static final String ANSWER = PREFIX + "ANSWER";

	private static final String WELCOME = PREFIX + "WELCOME";

	private static final byte[] REFUSED = (PREFIX + "REFUSED").getBytes(StandardCharsets.US_ASCII);

	private static final HexFormat HEX = HexFormat.of();

	/** The longest message in bytes: that with two values. */
	static final int MAX_LENGTH = ANSWER.length() + 2 * (1 + 2 * VALUE_BYTES);

	private PasswordMessages() {
	}

	static byte[] challenge(byte[] nonce) {
		return message(CHALLENGE, nonce);
	}

	static byte[] answer(byte[] nonce, byte[] proof) {
		return message(ANSWER, nonce, proof);
	}

	static byte[] welcome(byte[] proof) {
		return message(WELCOME, proof);
	}

	static byte[] refused() {
		return REFUSED.clone();
	}

	private static byte[] message(String kind, byte[]... values) {
		StringBuilder text = new StringBuilder(kind);
		for (byte[] value : values) {
			text.append(' ').append(HEX.formatHex(value));
		}
		return text.toString().getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Returns the nonce of a challenge.
	 * @return the nonce; {@code null} when the message is none
	 */
	static byte @Nullable [] nonceOfChallenge(byte[] message) {
		List<byte[]> values = values(message, CHALLENGE, 1);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * Returns the nonce and the proof of an answer.
	 * @return both; {@code null} when the message is none
	 */
	static @Nullable List<byte[]> valuesOfAnswer(byte[] message) {
		return values(message, ANSWER, 2);
	}

	/**
	 * Returns the proof of a welcome.
	 * @return the proof; {@code null} when the message is none
	 */
	static byte @Nullable [] proofOfWelcome(byte[] message) {
		List<byte[]> values = values(message, WELCOME, 1);
		return (values != null) ? values.get(0) : null;
	}

	/** Texts with each two digits side by side that a message may have. */
	static List<byte[]> samples() {
		byte[] all = HandshakeFramings.allPairs();
		byte[][] messages = new byte[all.length / VALUE_BYTES + 1][];
		for (int i = 0; i < messages.length - 1; i++) {
			byte[] value = Arrays.copyOfRange(all, i * VALUE_BYTES, (i + 1) * VALUE_BYTES);
			messages[i] = answer(value, value);
		}
		messages[messages.length - 1] = refused();
		return List.of(messages);
	}

	static boolean isRefused(byte[] message) {
		return Arrays.equals(message, REFUSED);
	}

	/** Nothing is parsed that is not exactly as long as it has to be. */
	private static @Nullable List<byte[]> values(byte[] message, String kind, int count) {
		int each = 1 + 2 * VALUE_BYTES;
		if (message.length != kind.length() + count * each) {
			return null;
		}
		String text = new String(message, StandardCharsets.US_ASCII);
		if (!text.startsWith(kind)) {
			return null;
		}
		byte[][] values = new byte[count][];
		for (int i = 0; i < count; i++) {
			int start = kind.length() + i * each;
			String digits = text.substring(start + 1, start + each);
			if (text.charAt(start) != ' ' || !isHex(digits)) {
				return null;
			}
			values[i] = HEX.parseHex(digits);
		}
		return List.of(values);
	}

	private static boolean isHex(String digits) {
		return digits.chars().allMatch((digit) -> (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'));
	}

}

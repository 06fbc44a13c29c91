package dev.sockets.runtime.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Credentials;

/**
 * The messages of the log-in, which are texts in ASCII so that framings of texts carry
 * them too. See {@code docs/login.md}.
 */
final class LoginMessages {

	private static final String PREFIX = "SOCKETS-LOGIN/1 ";

	private static final byte[] WELCOME = (PREFIX + "WELCOME").getBytes(StandardCharsets.US_ASCII);

	private static final byte[] REFUSED = (PREFIX + "REFUSED").getBytes(StandardCharsets.US_ASCII);

	private static final String PASSWORD = PREFIX + "PASSWORD ";

	private static final HexFormat HEX = HexFormat.of();

	private static final int SAMPLE_BYTES = 32;

	/** The longest message in bytes. */
	static final int MAX_LENGTH = PASSWORD.length() + 1 + 2 * (Credentials.MAX_USERNAME + Credentials.MAX_PASSWORD);

	private LoginMessages() {
	}

	static byte[] password(Credentials credentials) {
		return password(credentials.username().getBytes(StandardCharsets.UTF_8),
				credentials.password().text().getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] password(byte[] username, byte[] password) {
		return (PASSWORD + HEX.formatHex(username) + ' ' + HEX.formatHex(password)).getBytes(StandardCharsets.US_ASCII);
	}

	static byte[] welcome() {
		return WELCOME.clone();
	}

	static byte[] refused() {
		return REFUSED.clone();
	}

	/**
	 * Returns what a peer logs in with.
	 * @param message what has come
	 * @return its credentials; {@code null} when the message has none
	 */
	static @Nullable Credentials credentials(byte[] message) {
		if (message.length > MAX_LENGTH) {
			return null;
		}
		String text = new String(message, StandardCharsets.ISO_8859_1);
		int end = text.indexOf(' ', PASSWORD.length());
		if (!text.startsWith(PASSWORD) || end < 0) {
			return null;
		}
		String username = text(text.substring(PASSWORD.length(), end), Credentials.MAX_USERNAME);
		String password = text(text.substring(end + 1), Credentials.MAX_PASSWORD);
		return (username != null && password != null) ? Credentials.of(username, password) : null;
	}

	/** Bytes that are no UTF-8 are not replaced: two names would become one. */
	private static @Nullable String text(String digits, int most) {
		boolean even = !digits.isEmpty() && digits.length() % 2 == 0;
		if (!even || digits.length() > 2 * most || !digits.chars().allMatch(LoginMessages::isDigit)) {
			return null;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(HEX.parseHex(digits))).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static boolean isDigit(int digit) {
		return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
	}

	static boolean isWelcome(byte[] message) {
		return Arrays.equals(message, WELCOME);
	}

	static boolean isRefused(byte[] message) {
		return Arrays.equals(message, REFUSED);
	}

	/**
	 * Returns texts with each two digits side by side that a message may have.
	 * @param more another message that has to be carried too; {@code null} for none
	 */
	static List<byte[]> samples(byte @Nullable [] more) {
		byte[] all = HandshakeFramings.allPairs();
		List<byte[]> samples = new ArrayList<>();
		samples.add((more != null) ? more : welcome());
		for (int start = 0; start < all.length; start += SAMPLE_BYTES) {
			samples.add(password(new byte[] { 1 }, Arrays.copyOfRange(all, start, start + SAMPLE_BYTES)));
		}
		return samples;
	}

}

package dev.sockets.tcp;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.Framing;

/**
 * Checks messages that are known before they are sent.
 */
final class KnownMessages {

	/** Stands for what may be a password. */
	private static final String HIDDEN = "******";

	private KnownMessages() {
	}

	/**
	 * Refuses a message that cannot be sent.
	 * @param property its full property path
	 * @param payload its payload; {@code null} for none
	 * @param framing what has to carry it
	 * @param longest the longest payload in bytes
	 */
	static void check(String property, byte @Nullable [] payload, Framing framing, int longest) {
		if (payload == null) {
			return;
		}
		String text = new String(payload, StandardCharsets.UTF_8);
		checkLength(property, text, payload, longest);
		try {
			framing.encode(payload, new FrameOutput(payload.length));
		}
		catch (SocketOperationException ex) {
			throw new InvalidSettingException(property, text,
					"a message that the framing can carry. " + ex.getMessage());
		}
	}

	/**
	 * Refuses a message that cannot be sent and may be a password, of which nothing is
	 * said: framings tell with which bytes begins what they cannot carry.
	 * @param property its full property path
	 * @param payload its payload; {@code null} for none
	 * @param framing what has to carry it
	 * @param longest the longest payload in bytes
	 */
	static void checkSecret(String property, byte @Nullable [] payload, Framing framing, int longest) {
		if (payload == null) {
			return;
		}
		checkLength(property, HIDDEN, payload, longest);
		try {
			framing.encode(payload, new FrameOutput(payload.length));
		}
		catch (SocketOperationException ex) {
			throw new InvalidSettingException(property, HIDDEN, "a message that the framing '" + framing
					+ "' can carry (" + ex.getCode() + "); as it may be a password, nothing of it is shown");
		}
	}

	private static void checkLength(String property, String shown, byte[] payload, int longest) {
		if (payload.length > longest) {
			throw new InvalidSettingException(property, shown,
					"no longer than a message may be, " + longest + " bytes");
		}
	}

}

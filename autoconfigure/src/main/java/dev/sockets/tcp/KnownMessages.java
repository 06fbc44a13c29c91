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
		if (payload.length > longest) {
			throw invalid(property, payload, "no longer than a message may be, " + longest + " bytes");
		}
		try {
			framing.encode(payload, new FrameOutput(payload.length));
		}
		catch (SocketOperationException ex) {
			throw invalid(property, payload, "a message that the framing can carry. " + ex.getMessage());
		}
	}

	private static InvalidSettingException invalid(String property, byte[] payload, String allowed) {
		return new InvalidSettingException(property, new String(payload, StandardCharsets.UTF_8), allowed);
	}

}

package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.Framing;

/**
 * Whether limits let any message through.
 */
final class MessageSizes {

	private MessageSizes() {
	}

	/**
	 * Checks the limits.
	 * @param path what the property paths start with
	 * @param maxFrameSize longest payload that is received, in bytes
	 * @param maxMessageSize longest payload that is sent; {@code null} for the same
	 */
	static void check(String path, Framing framing, int maxFrameSize, @Nullable Integer maxMessageSize) {
		PositiveSetting.require(path + ".max-frame-size", maxFrameSize);
		requireRoom(path + ".max-frame-size", framing, maxFrameSize);
		if (maxMessageSize != null) {
			requireRoom(path + ".outbound.max-message-size", framing, maxMessageSize);
		}
	}

	private static void requireRoom(String property, Framing framing, int most) {
		if (framing.shortestPayload() > most) {
			throw new InvalidSettingException(property, most,
					"at least %d, which the shortest message of framing %s has".formatted(framing.shortestPayload(),
							framing));
		}
	}

}

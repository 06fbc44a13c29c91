package dev.sockets.runtime.tcp;

import java.util.Objects;
import java.util.Optional;

import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Makes payloads of frames, and faults of what is neither.
 */
final class FrameDecoder {

	private FrameDecoder() {
	}

	/**
	 * Decodes a frame.
	 * @param settings have the codec
	 * @param window marks the frame
	 * @return the payload, {@code Optional.empty()} in place of null, or a
	 * {@link MessageFault}
	 */
	static Object decode(ConnectionSettings settings, FrameWindow window) {
		try {
			return Objects.requireNonNullElse(
					settings.codec().decode(window.frameArray(), window.frameStart(), window.frameLength()),
					Optional.empty());
		}
		catch (Throwable ex) {
			String firstBytes = FirstBytes.of(window.frameArray(), window.frameStart(), window.frameLength());
			return new MessageFault(new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"The codec of '" + settings.path() + "' cannot decode a frame of " + window.frameLength()
							+ " bytes that starts with " + firstBytes,
					ex), firstBytes, false);
		}
	}

	/**
	 * Says that bytes are no frame.
	 * @param settings have the framing
	 * @param failure what the framing has thrown
	 * @param firstBytes the first ones, in hexadecimal
	 * @return the failure
	 */
	static SocketOperationException malformed(ConnectionSettings settings, Throwable failure, String firstBytes) {
		return new SocketOperationException(SocketErrorCode.MALFORMED_FRAME,
				"The framing of '" + settings.path() + "' failed on bytes that start with " + firstBytes, failure);
	}

}

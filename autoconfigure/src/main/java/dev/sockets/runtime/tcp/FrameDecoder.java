package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameWindow;
import dev.sockets.runtime.CodecRefusal;
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
		SocketErrorCode rejection = window.rejection();
		if (rejection != null) {
			return rejected(settings, window, rejection);
		}
		try {
			return Objects.requireNonNullElse(
					settings.codec().decode(window.frameArray(), window.frameStart(), window.frameLength()),
					Optional.empty());
		}
		catch (Throwable ex) {
			String firstBytes = firstBytes(window);
			return new MessageFault(
					new SocketOperationException(SocketErrorCode.CODEC_FAILED,
							"The codec of '" + settings.path() + "' cannot decode a frame of " + window.frameLength()
									+ " bytes that starts with " + firstBytes + CodecRefusal.of(ex) + hint(window),
							ex),
					firstBytes, false, false, head(settings, window));
		}
	}

	private static String hint(FrameWindow window) {
		return FrameFailures.ofProtocol(window.frameArray(), window.frameStart(),
				window.frameStart() + window.frameLength());
	}

	private static List<@Nullable Object> head(ConnectionSettings settings, FrameWindow window) {
		try {
			return (settings.rpc() != null)
					? settings.codec().decodeHead(window.frameArray(), window.frameStart(), window.frameLength())
					: UndecodedHl7.head(settings, window);
		}
		catch (Throwable ex) {
			return List.of();
		}
	}

	private static MessageFault rejected(ConnectionSettings settings, FrameWindow window, SocketErrorCode code) {
		String firstBytes = firstBytes(window);
		return new MessageFault(
				new SocketOperationException(code,
						"The framing of '" + settings.path() + "' rejects a frame of " + window.frameLength()
								+ " bytes that starts with " + firstBytes + ": " + window.rejectionReason()),
				firstBytes, false, window.isUnfinished(), List.of());
	}

	private static String firstBytes(FrameWindow window) {
		return FirstBytes.of(window.frameArray(), window.frameStart(), window.frameLength());
	}

	/**
	 * Says that a framing of the application goes beyond the limit.
	 * @param settings have the framing
	 * @param bytes how many there are
	 * @param found whether they are a frame, rather than one whose end has not come
	 * @param limit how many there may be
	 * @return the failure
	 */
	static SocketOperationException tooLarge(ConnectionSettings settings, int bytes, boolean found, int limit) {
		return new SocketOperationException(SocketErrorCode.FRAME_TOO_LARGE,
				"The framing of '" + settings.path() + "' has " + (found ? "marked a frame of " : "found no frame in ")
						+ bytes + " bytes, with "
						+ ((limit == settings.maxFrameSize()) ? settings.path() + ".max-frame-size=" + limit + "B"
								: limit + " bytes allowed before the peer has authenticated"));
	}

}

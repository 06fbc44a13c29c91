package dev.sockets.framing;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

/**
 * Words the exceptions of framings. Bytes appear in hex only, so a peer cannot write into
 * logs.
 */
final class FrameFault {

	private FrameFault() {
	}

	static SocketOperationException tooLarge(Framing framing, String problem, FrameWindow window) {
		return received(SocketErrorCode.FRAME_TOO_LARGE, framing,
				problem + "; raise max-frame-size, or check that the peer uses the same framing", window, null);
	}

	static SocketOperationException malformed(Framing framing, String problem, FrameWindow window) {
		return malformed(framing, problem, window, null);
	}

	static SocketOperationException malformed(Framing framing, String problem, FrameWindow window,
			@Nullable Throwable cause) {
		return received(SocketErrorCode.MALFORMED_FRAME, framing,
				problem + "; check that the peer uses the same framing", window, cause);
	}

	static SocketOperationException payloadTooLong(Framing framing, String problem, byte[] payload) {
		return toSend(SocketErrorCode.FRAME_TOO_LARGE, framing, problem, payload, null);
	}

	static SocketOperationException payloadRefused(Framing framing, String problem, byte[] payload) {
		return payloadRefused(framing, problem, payload, null);
	}

	static SocketOperationException payloadRefused(Framing framing, String problem, byte[] payload,
			@Nullable Throwable cause) {
		return toSend(SocketErrorCode.MALFORMED_FRAME, framing, problem, payload, cause);
	}

	private static SocketOperationException received(SocketErrorCode code, Framing framing, String problem,
			FrameWindow window, @Nullable Throwable cause) {
		return new SocketOperationException(code, "Framing %s received %s (maximum frame size %d bytes, first bytes %s)"
			.formatted(framing, problem, window.maxFrameSize(), hex(window.array(), window.start(), window.end())),
				cause);
	}

	private static SocketOperationException toSend(SocketErrorCode code, Framing framing, String problem,
			byte[] payload, @Nullable Throwable cause) {
		return new SocketOperationException(code, "Framing %s cannot send %s (payload of %d bytes, first bytes %s)"
			.formatted(framing, problem, payload.length, hex(payload, 0, payload.length)), cause);
	}

	private static String hex(byte[] array, int from, int to) {
		return (from >= to) ? "none" : FirstBytes.of(array, from, to - from);
	}

}

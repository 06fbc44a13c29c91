package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.Framing;
import dev.sockets.runtime.PayloadEncoder;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Turns payloads into frames. Called on the thread of who sends.
 */
public final class FrameEncoder {

	private static final int FRAMING_BYTES = 16;

	private FrameEncoder() {
	}

	/**
	 * Makes a frame of bytes that need no codec.
	 * @param framing the framing
	 * @param bytes the payload
	 * @return the frame
	 */
	public static ByteBuffer frame(Framing framing, byte[] bytes) {
		FrameOutput output = new FrameOutput(bytes.length + FRAMING_BYTES);
		framing.encode(bytes, output);
		return ByteBuffer.wrap(output.array(), 0, output.size());
	}

	/**
	 * Encodes a payload by an endpoint's codec and framing.
	 * @param settings the endpoint's settings
	 * @param payload what to send; {@code Optional.empty()} in place of null
	 * @param reused where to encode it to, if not to an output of its own
	 * @return the frame
	 * @throws SocketOperationException when it cannot be encoded
	 */
	public static FrameOutput encode(ConnectionSettings settings, Object payload, @Nullable FrameOutput reused) {
		byte[] bytes = PayloadEncoder.encode(settings.codec(), settings.path(), payload);
		if (bytes.length > settings.longestMessage()) {
			String key = (settings.outbound().maxMessageSize() != null) ? ".outbound.max-message-size"
					: ".max-frame-size";
			throw new SocketOperationException(SocketErrorCode.FRAME_TOO_LARGE,
					"A message of " + bytes.length + " bytes is longer than " + settings.path() + key + "="
							+ settings.longestMessage() + "B, so it was not sent: raise that, or send less at a time");
		}
		FrameOutput output = reused;
		if (output == null) {
			output = new FrameOutput(bytes.length + FRAMING_BYTES);
		}
		else {
			output.reset();
		}
		try {
			settings.framing().encode(bytes, output);
		}
		catch (SocketOperationException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED, "The framing of '" + settings.path()
					+ "' cannot make a frame of " + bytes.length + " bytes: " + FailureText.message(ex), ex);
		}
		return output;
	}

}

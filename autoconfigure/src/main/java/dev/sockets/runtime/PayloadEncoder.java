package dev.sockets.runtime;

import java.util.Objects;
import java.util.Optional;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.codec.Codec;

/**
 * Turns payloads into bytes by an endpoint's codec. Called on the thread of who sends.
 */
public final class PayloadEncoder {

	private PayloadEncoder() {
	}

	/**
	 * Encodes a payload.
	 * @param codec the endpoint's codec
	 * @param path the endpoint's property path, for the message of a failure
	 * @param payload what to send; {@code Optional.empty()} in place of null
	 * @return its bytes
	 * @throws SocketOperationException what the codec throws, or with code
	 * {@code CODEC_FAILED} when it throws anything else
	 */
	public static byte[] encode(Codec codec, String path, Object payload) {
		try {
			return Objects.requireNonNull(
					codec.encode((payload instanceof Optional<?> optional) ? optional.orElse(null) : payload),
					"The codec has returned null");
		}
		catch (SocketOperationException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"The codec of '" + path + "' cannot encode " + what(payload), ex);
		}
	}

	private static String what(Object payload) {
		return Optional.empty().equals(payload) ? "null" : "a " + payload.getClass().getName();
	}

}

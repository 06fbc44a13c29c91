package dev.sockets.runtime.multicast;

import java.util.Optional;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.DatagramSettings;

/**
 * Turns a payload into a datagram.
 */
final class DatagramEncoder {

	/** More than that is in no UDP datagram over IPv4. */
	static final int MAX_BYTES = 65_507;

	private DatagramEncoder() {
	}

	/**
	 * Encodes a payload.
	 * @throws SocketOperationException when it cannot be encoded, or not be sent
	 */
	static byte[] encode(DatagramSettings settings, Object payload) {
		byte[] bytes;
		try {
			bytes = settings.codec()
				.encode((payload instanceof Optional<?> optional) ? optional.orElse(null) : payload);
		}
		catch (SocketOperationException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED,
					"The codec of '" + settings.path() + "' cannot encode a " + payload.getClass().getName(), ex);
		}
		if (bytes.length > MAX_BYTES) {
			throw new SocketOperationException(SocketErrorCode.FRAME_TOO_LARGE, "A message of " + bytes.length
					+ " bytes is longer than a UDP datagram can be, " + MAX_BYTES + " bytes");
		}
		return bytes;
	}

}

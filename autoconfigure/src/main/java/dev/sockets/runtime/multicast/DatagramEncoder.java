package dev.sockets.runtime.multicast;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.DatagramSettings;
import dev.sockets.runtime.PayloadEncoder;

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
		byte[] bytes = PayloadEncoder.encode(settings.codec(), settings.path(), payload);
		if (bytes.length > MAX_BYTES) {
			throw new SocketOperationException(SocketErrorCode.FRAME_TOO_LARGE,
					"A message of " + bytes.length + " bytes is longer than a UDP datagram can be, " + MAX_BYTES
							+ " bytes, so it was not sent: send less at a time");
		}
		return bytes;
	}

}

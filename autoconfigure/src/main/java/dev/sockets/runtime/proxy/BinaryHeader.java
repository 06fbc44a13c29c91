package dev.sockets.runtime.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The fixed part of a header of version 2, which says what follows: addresses, and
 * perhaps more, which is skipped.
 *
 * @param addresses how many bytes the addresses are that are of interest; 0 for none
 * @param more how many bytes follow them
 */
record BinaryHeader(int addresses, int more) {

	/** Bytes of the fixed part. */
	static final int LENGTH = 16;

	private static final int IPV4 = 4;

	private static final int IPV6 = 16;

	private static final int PORTS = 4;

	/**
	 * Reads the fixed part.
	 * @param bytes hold it
	 * @return what follows it
	 * @throws ProxyHeaderException when it is malformed
	 */
	static BinaryHeader of(byte[] bytes) throws ProxyHeaderException {
		int length = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(14));
		int addresses = switch (bytes[12]) {
			case 0x20 -> 0;
			case 0x21 -> addresses(bytes[13]);
			default -> throw new ProxyHeaderException("Its version or command is unknown");
		};
		if (length < addresses) {
			throw new ProxyHeaderException("It is too short for the addresses of its family");
		}
		return new BinaryHeader(addresses, length - addresses);
	}

	/** Only those of TCP are of interest; those of UDP and local sockets are not. */
	private static int addresses(byte family) throws ProxyHeaderException {
		return switch (family) {
			case 0x11 -> 2 * IPV4 + PORTS;
			case 0x21 -> 2 * IPV6 + PORTS;
			case 0x00, 0x12, 0x22, 0x31, 0x32 -> 0;
			default -> throw new ProxyHeaderException("Its family or transport is unknown");
		};
	}

	/**
	 * Returns whose connection it is.
	 * @param bytes hold the fixed part and the addresses
	 * @return the address; {@code null} when it has none of interest
	 */
	@Nullable InetSocketAddress source(byte[] bytes) {
		if (this.addresses == 0) {
			return null;
		}
		int size = (this.addresses - PORTS) / 2;
		int port = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(LENGTH + 2 * size));
		try {
			return new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(bytes, LENGTH, LENGTH + size)),
					port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package dev.sockets.loop.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Addresses of sockets as the system writes them.
 */
final class Addresses {

	static final int LONGEST = 128;

	private static final int LONGEST_PATH = 107;

	private Addresses() {
	}

	/**
	 * Writes an address.
	 * @param address what to write
	 * @param family of the socket
	 * @param to where to; {@link #LONGEST} bytes
	 * @return its length
	 */
	static int write(SocketAddress address, int family, long to) throws IOException {
		Memory.clear(to, LONGEST);
		Memory.putShort(to, family);
		if (family == Constants.AF_UNIX) {
			return writePath(address, to);
		}
		if (!(address instanceof InetSocketAddress inet)) {
			throw new UnsupportedAddressTypeException();
		}
		InetAddress host = inet.getAddress();
		if (host == null) {
			throw new UnresolvedAddressException();
		}
		Memory.putByte(to + 2, inet.getPort() >> 8);
		Memory.putByte(to + 3, inet.getPort());
		byte[] bytes = host.getAddress();
		if (family == Constants.AF_INET) {
			if (host instanceof Inet6Address) {
				throw new UnsupportedAddressTypeException();
			}
			Memory.copy(bytes, 0, to + 4, 4);
			return 16;
		}
		if (host instanceof Inet6Address six) {
			Memory.copy(bytes, 0, to + 8, 16);
			Memory.putInt(to + 24, six.getScopeId());
		}
		else if (!host.isAnyLocalAddress()) {
			Memory.putShort(to + 18, -1);
			Memory.copy(bytes, 0, to + 20, 4);
		}
		return 28;
	}

	private static int writePath(SocketAddress address, long to) throws IOException {
		if (!(address instanceof UnixDomainSocketAddress unix)) {
			throw new UnsupportedAddressTypeException();
		}
		byte[] path = unix.getPath().toString().getBytes(StandardCharsets.UTF_8);
		if (path.length > LONGEST_PATH) {
			throw new SocketException("Unix domain path too long");
		}
		Memory.copy(path, 0, to + 2, path.length);
		return 2 + path.length + 1;
	}

	/**
	 * Reads an address.
	 * @param from where it lies
	 * @param length of what the system has written
	 */
	static @Nullable SocketAddress read(long from, int length) throws IOException {
		int family = Memory.getShort(from);
		if (family == Constants.AF_UNIX) {
			return readPath(from, length);
		}
		int port = (Memory.getByte(from + 2) & 0xFF) << 8 | Memory.getByte(from + 3) & 0xFF;
		if (family == Constants.AF_INET) {
			return new InetSocketAddress(Inet4Address.getByAddress(bytes(from + 4, 4)), port);
		}
		byte[] host = bytes(from + 8, 16);
		int scope = Memory.getInt(from + 24);
		return new InetSocketAddress(
				(scope != 0) ? Inet6Address.getByAddress(null, host, scope) : InetAddress.getByAddress(host), port);
	}

	private static UnixDomainSocketAddress readPath(long from, int length) {
		int end = 0;
		while (end < length - 2 && Memory.getByte(from + 2 + end) != 0) {
			end++;
		}
		return UnixDomainSocketAddress.of(new String(bytes(from + 2, end), StandardCharsets.UTF_8));
	}

	private static byte[] bytes(long from, int count) {
		byte[] bytes = new byte[count];
		Memory.copy(from, bytes, count);
		return bytes;
	}

}

package dev.sockets.runtime.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.AddressRange;

/**
 * Headers of version 1: one line such as
 * {@code PROXY TCP4 192.0.2.1 192.0.2.9 56324 443}.
 */
final class TextHeader {

	/** Most bytes of a header, its end of line among them. */
	static final int LONGEST = 107;

	private static final int FIELDS = 6;

	private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

	private TextHeader() {
	}

	/**
	 * Returns whose connection it is.
	 * @param bytes hold the header up to its line feed
	 * @param length how many
	 * @return the address; {@code null} when it is unknown
	 * @throws ProxyHeaderException when it is malformed
	 */
	static @Nullable InetSocketAddress source(byte[] bytes, int length) throws ProxyHeaderException {
		if (bytes[length - 2] != '\r') {
			throw new ProxyHeaderException("Its line does not end with CR LF");
		}
		String line = new String(bytes, 0, length - 2, StandardCharsets.ISO_8859_1);
		String[] fields = line.split(" ", -1);
		if (fields[1].equals("UNKNOWN")) {
			return null;
		}
		boolean ipv6 = fields[1].equals("TCP6");
		if ((!ipv6 && !fields[1].equals("TCP4")) || fields.length != FIELDS) {
			throw new ProxyHeaderException("Its line has not the fields of TCP4, TCP6 or UNKNOWN");
		}
		InetAddress source = address(fields[2], ipv6);
		address(fields[3], ipv6);
		int port = port(fields[4]);
		port(fields[5]);
		return new InetSocketAddress(source, port);
	}

	private static InetAddress address(String text, boolean ipv6) throws ProxyHeaderException {
		InetAddress address = (text.contains(":") == ipv6) ? AddressRange.address(text) : null;
		if (address == null) {
			throw new ProxyHeaderException("An address in it is none of its family");
		}
		return address;
	}

	private static int port(String text) throws ProxyHeaderException {
		int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
		if (port > 65535) {
			throw new ProxyHeaderException("A port in it is none");
		}
		return port;
	}

}

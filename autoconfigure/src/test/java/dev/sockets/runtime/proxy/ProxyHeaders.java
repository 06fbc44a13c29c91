package dev.sockets.runtime.proxy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Headers of the PROXY protocol for tests.
 */
public final class ProxyHeaders {

	/** How each header of version 2 begins, as its specification has it. */
	public static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

	private ProxyHeaders() {
	}

	/**
	 * Returns the bytes of a text.
	 */
	public static byte[] text(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns a header of version 2.
	 */
	public static byte[] binary(int versionAndCommand, int family, byte[] rest) {
		ByteArrayOutputStream header = new ByteArrayOutputStream();
		header.writeBytes(SIGNATURE);
		header.write(versionAndCommand);
		header.write(family);
		header.write(rest.length >> 8);
		header.write(rest.length);
		header.writeBytes(rest);
		return header.toByteArray();
	}

	/**
	 * Returns what follows in a header of version 2 for addresses of one family.
	 */
	public static byte[] addresses(String source, int port, byte... more) {
		try {
			byte[] address = InetAddress.getByName(source).getAddress();
			ByteBuffer bytes = ByteBuffer.allocate(2 * address.length + 4 + more.length);
			bytes.put(address).put(address).putShort((short) port).putShort((short) 443).put(more);
			return bytes.array();
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
